"""A roll is laid ready in pieces and made true at once, whatever happens in between."""

import multiprocessing
import os
import signal

import pytest

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Envelope, Job, StagedLine, Voter
from budgeting.refusals import WrongPhase
from budgeting.services import (
    jobs,
    roll,
    roll_imports,
    roll_refusals,
    roll_staging,
    transaction,
    voting,
)
from budgeting.vocabulary import JobState, Phase, Role
from tests import make
from tests.services import rolls

HEAD = rolls.HEAD
PEOPLE = HEAD + "".join(f"{number};31-12-1990;Nordby\n" for number in range(1, 8))
CIVIL = HEAD + "010190-1234;01-01-1990;Nordby\n020291-4321;02-02-1991;Sydby\n"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(roll_staging, "LINES_AT_A_TIME", 2)


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.DRAFT, voters_in_each_area=0)


@pytest.fixture
def said(session, made):
    admin = make.account(session, Role.ADMIN)
    return {"by": admin, "budget_round": made.budget_round, "now": clock.now()}


@pytest.fixture
def voting_round(session):
    return make.budget_round(session, Phase.VOTING, slug="anden")


def confirmed(said, text):
    """A job that has been looked through and is to be written."""
    job_id = rolls.begin(**said, text=text)
    rolls.step(job_id)
    roll_imports.confirm(db.session.get(Job, job_id), said["now"])
    make_due(job_id)
    return job_id


def make_due(job_id):
    with transaction.deed() as session:
        session.get_one(Job, job_id).due_at = clock.now()


def run(job_id):
    jobs.run_now(job_id)
    db.session.expire_all()
    return db.session.get(Job, job_id)


def once_laid(monkeypatch, deed):
    """Does a deed when the first attempt has been laid ready, and before the roll changes."""
    lay, waiting = roll_staging.lay, [deed]

    def laid(*given):
        lines = lay(*given)
        while waiting:
            waiting.pop()()
        return lines

    monkeypatch.setattr(roll_staging, "lay", laid)


def numbers():
    db.session.expire_all()
    return [one.roll_number for one in db.session.query(Voter).order_by(Voter.id)]


def staged():
    return db.session.query(StagedLine).count()


def told(job):
    return [one.message for one in roll_imports.refused_lines(job)]


def test_nobody_sees_any_of_it_before_all_of_it_is_there(monkeypatch, said):
    seen = []
    once_laid(monkeypatch, lambda: seen.append((numbers(), staged())))
    job = run(confirmed(said, PEOPLE))

    assert seen == [([], 7)]
    assert numbers() == list("1234567")
    assert (job.state, job.content, staged()) == (JobState.DONE, None, 0)


def test_what_is_laid_ready_is_no_more_than_the_roll_will_hold(monkeypatch, session, said):
    lines = []

    def look():
        lines.extend(tuple(row) for row in session.execute(StagedLine.__table__.select()))

    once_laid(monkeypatch, look)
    run(confirmed(said, CIVIL))

    assert len(lines) == 2
    assert not any(secret in repr(lines) for secret in ("010190", "0101901234", "4321"))


def test_how_far_it_is_grows_to_all_of_it(monkeypatch, said):
    seen, show = [], roll_imports._show

    def shown(session, job_id, done):
        job = show(session, job_id, done)
        seen.append(roll_imports.progress_of(job))
        return job

    job_id = confirmed(said, PEOPLE)
    monkeypatch.setattr(roll_imports, "_show", shown)
    run(job_id)

    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (15, 16), "the heading was thought a line, and is not laid"


def kill_after_two_pieces(settings, job_id):
    from budgeting import create_app

    lay = roll_staging.lay

    def dies(job, batch, lines, tell):
        def last(session, laid):
            tell(session, laid)
            if laid >= 6:
                os.kill(os.getpid(), signal.SIGKILL)

        return lay(job, batch, lines, last)

    roll_staging.lay, roll_staging.LINES_AT_A_TIME = dies, 2
    with create_app(settings).app_context():
        jobs.run_now(job_id)


def killed_in_the_middle(app, job_id):
    settings = {
        name: app.config[name]
        for name in ("TESTING", "SECRET_KEY", "DATABASE_URL", "CLOCK_OFFSET_FILE", "MAIL_FOLDER")
    }
    db.session.rollback()
    worker = multiprocessing.get_context("spawn").Process(
        target=kill_after_two_pieces, args=(settings, job_id)
    )
    worker.start()
    worker.join(60)
    assert worker.exitcode == -signal.SIGKILL
    db.session.rollback()


def test_after_kill_9_in_the_middle_another_worker_puts_in_all_of_it(app, said):
    job_id = confirmed(said, PEOPLE)
    killed_in_the_middle(app, job_id)
    assert (numbers(), staged()) == ([], 4)

    make_due(job_id)
    assert run(job_id).state is JobState.DONE
    assert (numbers(), staged()) == (list("1234567"), 0)


def test_what_a_killed_worker_left_is_taken_away_when_the_file_is_discarded(app, said):
    killed_in_the_middle(app, confirmed(said, PEOPLE))
    jobs.run_waiting(clock.now())
    assert staged() == 4, "the job is another worker's to take, and its lines with it"

    rolls.begin(**said, text=HEAD + "9;;\n")
    jobs.run_waiting(clock.now())
    assert (numbers(), staged()) == ([], 0)


def test_a_file_that_is_sent_anew_meanwhile_ends_the_first_one(monkeypatch, said):
    job_id = confirmed(said, PEOPLE)
    once_laid(monkeypatch, lambda: rolls.begin(**said, text=HEAD + "9;;\n"))
    jobs.run_now(job_id)

    assert (numbers(), staged()) == ([], 0)


def test_a_worker_that_was_overtaken_changes_nothing(monkeypatch, said):
    job_id = confirmed(said, PEOPLE)
    once_laid(monkeypatch, lambda: roll_staging.take_away_others(job_id, "another's"))

    assert run(job_id).state is JobState.WRITING
    assert (numbers(), staged()) == ([], 0)


def test_a_job_that_another_worker_has_done_stays_done(monkeypatch, said):
    job_id = confirmed(said, PEOPLE)

    def done():
        with transaction.deed() as session:
            session.get_one(Job, job_id).state = JobState.DONE

    once_laid(monkeypatch, done)
    assert run(job_id).state is JobState.DONE
    assert numbers() == []


def test_another_import_meanwhile_is_built_upon(monkeypatch, session, said):
    job_id = confirmed(said, HEAD + "1;30-12-1990;Sydby\n2;;\n")
    other = said | {"by": make.account(session, Role.ADMIN, email="anden@example.org")}
    once_laid(monkeypatch, lambda: rolls.put_in(**other, text=HEAD + "1;31-12-1990;Nordby\n3;;\n"))

    assert roll_imports.result_of(run(job_id)) == {"added": 1, "updated": 1, "unchanged": 0}
    assert numbers() == ["1", "3", "2"]
    assert session.query(Voter).filter_by(roll_number="1").one().area.name == "Sydby"
    assert staged() == 0


def test_two_imports_that_both_hide_numbers_draw_none_twice(monkeypatch, session, said):
    job_id = confirmed(said, CIVIL)
    other = said | {"by": make.account(session, Role.ADMIN, email="anden@example.org")}
    once_laid(monkeypatch, lambda: rolls.put_in(**other, text=HEAD + "010190-1234;;\nA1;;\n"))

    assert run(job_id).state is JobState.DONE
    assert numbers() == ["V1", "V2", "V3"]


def test_a_roll_that_is_emptied_meanwhile_holds_the_whole_file_afterwards(monkeypatch, said):
    rolls.put_in(**said, text=HEAD + "1;;\n")
    job_id = confirmed(said, HEAD + "1;;\n2;;\n")
    once_laid(monkeypatch, lambda: roll.empty_roll(**said))

    assert roll_imports.result_of(run(job_id))["added"] == 2
    assert numbers() == ["1", "2"]


def test_a_roll_that_never_stands_still_is_busy(monkeypatch, said):
    job_id, lay, others = confirmed(said, PEOPLE), roll_staging.lay, iter("ABCDEFGH")
    other = said | {"by": make.account(db.session, Role.ADMIN, email="anden@example.org")}

    def laid(job, *given):
        lines = lay(job, *given)
        if job == job_id:
            rolls.put_in(**other, text=HEAD + f"{next(others)};;\n")
        return lines

    monkeypatch.setattr(roll_staging, "lay", laid)
    assert told(run(job_id)) == [roll_refusals.RollIsBusy.message]
    assert (numbers(), staged()) == (list("ABC"), 0)


def test_whoever_votes_meanwhile_is_not_moved(monkeypatch, said, voting_round):
    voter, pot = voting_round.voters[0], voting_round.pots[0]
    here = said | {"budget_round": voting_round.budget_round}
    job_id = confirmed(here, HEAD + f"{voter.roll_number};04-05-1980;Sydby\nny;;\n")
    before, area = numbers(), voter.area_id

    def votes():
        voting.cast(voter=voter, pot=pot, choices=["1"], form_nonce="x", now=clock.now())

    once_laid(monkeypatch, votes)
    assert told(run(job_id)) == [roll_refusals.LinesRefused.message]
    assert (numbers(), staged()) == (before, 0)
    assert db.session.query(Envelope).count() == 1
    assert voter.area_id == area


def test_whoever_votes_meanwhile_may_get_another_address(monkeypatch, said, voting_round):
    voter, pot = voting_round.voters[0], voting_round.pots[0]
    here = said | {"budget_round": voting_round.budget_round}
    text = f"nummer;navn\n{voter.roll_number};Bo Bendtsen\n"
    job_id = rolls.begin(**here, text=text, columns={"number": 0, "name": 1})
    rolls.step(job_id)
    roll_imports.confirm(db.session.get(Job, job_id), clock.now())
    make_due(job_id)

    def votes():
        voting.cast(voter=voter, pot=pot, choices=["1"], form_nonce="x", now=clock.now())

    born, area = voter.birth_date, voter.area_id
    once_laid(monkeypatch, votes)
    assert run(job_id).state is JobState.DONE
    assert (voter.addressee, voter.birth_date, voter.area_id) == ("Bo Bendtsen", born, area)


def test_an_area_that_is_taken_away_meanwhile_refuses_the_file(monkeypatch, session, said, made):
    job_id = confirmed(said, HEAD + "1;;Nordby\n")

    def take_away():
        session.execute(StagedLine.__table__.update().values(area_id=987_654))
        session.commit()

    once_laid(monkeypatch, take_away)
    assert told(run(job_id)) == [roll_refusals.RollIsBusy.message]
    assert (numbers(), staged()) == ([], 0)


def test_the_phase_is_asked_again_when_it_is_made_true(monkeypatch, session, said, voting_round):
    here = said | {"budget_round": voting_round.budget_round}
    job_id = confirmed(here, HEAD + "ny;;\n")
    before = numbers()

    def closes():
        with transaction.deed() as deed:
            kept = deed.merge(voting_round.budget_round)
            kept.voting_closes = kept.voting_closes - (kept.voting_closes - clock.now()) * 1.01

    once_laid(monkeypatch, closes)
    assert told(run(job_id)) == [WrongPhase.message]
    assert (numbers(), staged()) == (before, 0)
