"""Codes in the background: hashed, sealed to one browser, resumed after a crash, and deleted."""

from datetime import timedelta

import pytest

from budgeting import clock
from budgeting.ballotbox import code_letters, one_time_downloads
from budgeting.models import AuditEvent, Job, SealedLetters, Voter
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.services import code_files, jobs, letter_making
from budgeting.vocabulary import JobState, Phase, Role
from tests import make
from tests.services import rolls


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.DRAFT, voters_in_each_area=0)


@pytest.fixture
def said(session, made):
    admin = make.account(session, Role.ADMIN)
    given = {"by": admin, "budget_round": made.budget_round, "now": clock.now()}
    rolls.put_in(
        **given, text=rolls.HEAD + "".join(f"{number};;Nordby\n" for number in range(1, 6))
    )
    return given


def test_each_voter_gets_a_code_of_their_own_that_is_kept_as_a_hash(session, said):
    lines = rolls.codes(**said)

    assert [line.roll_number for line in lines] == ["1", "2", "3", "4", "5"]
    code = code_letters.parse(lines[0].code)
    kept = session.query(Voter).filter_by(roll_number="1").one()
    assert kept.code_locator == code.locator
    assert code_letters.verify_secret(kept.code_hash, code.secret)
    assert lines[0].code not in repr(lines)


def test_many_codes_are_made_slice_by_slice_in_one_file(session, monkeypatch, made, said):
    monkeypatch.setattr(letter_making, "CODES_IN_A_SLICE", 2)
    job, key = letter_making.begin(**said)
    job_id = job.id

    jobs.run_waiting(clock.now())
    session.expire_all()
    assert (session.get(Job, job_id).done, session.get(Job, job_id).total) == (2, 5)
    assert len(rolls.opened(job_id, key)) == 5
    assert session.query(SealedLetters).count() == 3
    assert code_files.files_of(made.budget_round) == [(1, 5)]


def test_no_code_and_no_key_stands_in_the_database(session, said):
    job, key = letter_making.begin(**said)
    lines = rolls.opened(job.id, key)

    kept = repr([tuple(row) for row in session.execute(SealedLetters.__table__.select())])
    kept += repr([tuple(row) for row in session.execute(Job.__table__.select())])
    kept += repr([tuple(row) for row in session.execute(Voter.__table__.select())])
    for line in lines:
        assert line.code not in kept
        assert line.code.replace("-", "")[5:] not in kept
    assert repr(key)[2:-1] not in kept


def test_another_key_opens_nothing(session, said):
    job, key = letter_making.begin(**said)
    rolls.opened(job.id, key)

    other = one_time_downloads.make_key().private_key
    for wrong in (other, b"", b"short"):
        with pytest.raises(one_time_downloads.CannotBeOpenedHere):
            letter_making.lines(session.get(Job, job.id), wrong)


def test_a_lost_file_is_made_anew_and_its_old_codes_open_nothing(session, made, said):
    old = code_letters.parse(rolls.codes(**said)[0].code)

    job, key = letter_making.begin_again(1, **said)
    new = code_letters.parse(rolls.opened(job.id, key)[0].code)

    kept = session.query(Voter).filter_by(roll_number="1").one()
    assert kept.code_locator == new.locator != old.locator
    assert code_files.files_of(made.budget_round) == [(2, 5)]
    with pytest.raises(code_files.NoSuchFile):
        letter_making.begin_again(1, **said)


def test_codes_are_made_once_at_a_time(said):
    letter_making.begin(**said)

    with pytest.raises(letter_making.LettersAreBeingMade):
        letter_making.begin(**said)


def test_nobody_waits_for_a_code_when_all_have_one(said):
    rolls.codes(**said)

    with pytest.raises(code_files.EveryoneHasACode):
        letter_making.begin(**said)


def test_a_code_given_meanwhile_is_left_alone_and_the_rest_go_on(session, said, monkeypatch):
    job, key = letter_making.begin(**said)
    real = letter_making.code_giving.hashed_codes
    given = []

    def somebody_comes_between(count):
        if not given:
            given.append(True)
            given.append(code_files.replace_code("3", **said))
        return real(count)

    monkeypatch.setattr(letter_making.code_giving, "hashed_codes", somebody_comes_between)
    lines = rolls.opened(job.id, key)

    assert [line.roll_number for line in lines] == ["1", "2", "4", "5"]
    kept = session.query(Voter).filter_by(roll_number="3").one()
    assert kept.code_locator == code_letters.parse(given[1].code).locator


def test_the_files_are_deleted_and_the_codes_stay(session, said):
    job, key = letter_making.begin(**said)
    rolls.opened(job.id, key)

    letter_making.forget(session.get(Job, job.id))

    assert (
        session.query(SealedLetters).count()
        == session.query(Job).filter_by(kind="code_letters").count()
        == 0
    )
    assert session.query(Voter).filter(Voter.code_hash.is_not(None)).count() == 5


def test_files_nobody_came_back_for_are_deleted_after_a_day(session, said):
    rolls.codes(**said)
    jobs.forget_old(clock.now() + jobs.KEPT_FOR * 1.01)

    assert session.query(SealedLetters).count() == 0


def test_the_log_tells_how_many(session, said):
    rolls.codes(**said)

    assert '{"codes_made":5,"file":1}' in [event.details for event in session.query(AuditEvent)]


def test_only_an_admin_has_codes_made(made, said):
    with pytest.raises(NotYourDeed):
        letter_making.begin(**said | {"by": made.people[Role.OFFICER]})


def test_no_codes_are_made_after_voting_has_closed(session, said):
    over = make.budget_round(session, Phase.COUNTING, slug="forbi")
    with pytest.raises(WrongPhase):
        letter_making.begin(**said | {"budget_round": over.budget_round})


def test_making_stops_when_voting_closes(session, made, said):
    job, _key = letter_making.begin(**said)
    made.budget_round.opened_at = clock.now()
    for moment in make.MOMENTS[:-1]:
        setattr(made.budget_round, moment, clock.now() - timedelta(days=1))
    made.budget_round.screening_finished_at = clock.now()
    session.commit()

    jobs.run_waiting(clock.now())

    session.expire_all()
    assert session.get(Job, job.id).state is JobState.REFUSED
