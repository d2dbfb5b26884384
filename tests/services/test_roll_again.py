"""A roll that is read again changes people, takes nobody off, and never keeps a CPR number."""

import pytest

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Envelope, Job, RollKey, Voter
from budgeting.services import (
    code_files,
    jobs,
    kept_files,
    roll,
    roll_imports,
    roll_refusals,
    voting,
)
from budgeting.vocabulary import JobState, Phase, Role
from tests import make
from tests.services import rolls

HEAD = rolls.HEAD
CIVIL = HEAD + "010190-1234;01-01-1990;Nordby\n020291-4321;02-02-1991;Sydby\n"


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.DRAFT, voters_in_each_area=0)


@pytest.fixture
def said(session, made):
    admin = make.account(session, Role.ADMIN)
    return {"by": admin, "budget_round": made.budget_round, "now": clock.now()}


def people(session):
    session.expire_all()
    return session.query(Voter).order_by(Voter.id).all()


def test_a_number_that_is_read_again_is_changed_and_keeps_its_code(session, said):
    rolls.put_in(**said, text=HEAD + "1;31-12-1990;Nordby\n2;;\n")
    rolls.codes(**said)
    before = people(session)[0].code_hash

    found = rolls.written(**said, text=HEAD + "1;30-12-1990;Sydby\n3;;\n2;;\n")

    assert found == {"added": 1, "updated": 1, "unchanged": 1}
    changed = people(session)[0]
    assert (changed.birth_date.day, changed.area.name) == (30, "Sydby")
    assert changed.code_hash == before


def test_nobody_is_taken_off_by_a_shorter_file(session, said):
    rolls.put_in(**said, text=HEAD + "1;;\n2;;\n")
    rolls.written(**said, text=HEAD + "1;;\n")

    assert len(people(session)) == 2


def test_a_column_that_is_not_there_changes_nothing(session, said):
    rolls.put_in(**said, text=HEAD + "1;31-12-1990;Nordby\n")
    rolls.written(**said, text="nummer;område\n1;Sydby\n", columns={"number": 0, "area": 1})

    assert people(session)[0].birth_date is not None


def test_whoever_has_voted_is_not_moved_to_another_area(session, said):
    made = make.budget_round(session, Phase.VOTING, slug="anden")
    voter = made.voters[0]
    voting.cast(voter=voter, pot=made.pots[0], choices=["1"], form_nonce="x", now=clock.now())
    here = said | {"budget_round": made.budget_round}

    with pytest.raises(rolls.Refused) as refused:
        rolls.written(**here, text=HEAD + f"{voter.roll_number};04-05-1980;Sydby\n")
    assert refused.value.args[0][0].message == roll_refusals.HasVoted.message
    assert session.query(Envelope).count() == 1


def test_a_voter_who_has_voted_and_is_read_as_they_are_is_no_hindrance(session, said):
    made = make.budget_round(session, Phase.VOTING, slug="anden")
    voter = made.voters[0]
    voting.cast(voter=voter, pot=made.pots[0], choices=["1"], form_nonce="x", now=clock.now())
    here = said | {"budget_round": made.budget_round}

    found = rolls.written(**here, text=HEAD + f"{voter.roll_number};04-05-1980;Nordby\n")
    assert found["unchanged"] == 1


def test_cpr_numbers_are_kept_as_pseudonyms_with_a_number_of_the_rolls_own(session, said):
    rolls.put_in(**said, text=CIVIL)

    assert [one.roll_number for one in people(session)] == ["V1", "V2"]
    assert all(len(one.pseudonym) == 64 for one in people(session))


def test_the_same_cpr_number_is_known_again_however_it_is_spelled(session, said):
    rolls.put_in(**said, text=CIVIL)
    found = rolls.written(**said, text=HEAD + "101901234;01-01-1990;Sydby\n")

    assert found == {"added": 0, "updated": 1, "unchanged": 0}


def test_every_round_has_a_key_of_its_own(session, said):
    other = make.budget_round(session, Phase.DRAFT, slug="anden", voters_in_each_area=0)
    rolls.put_in(**said, text=CIVIL)
    rolls.put_in(**said | {"budget_round": other.budget_round}, text=CIVIL)

    assert len({one.pseudonym for one in people(session)}) == 4
    assert len({key.secret for key in session.query(RollKey)}) == 2


def test_one_cpr_number_hides_every_number_of_the_file_and_of_later_ones(session, said):
    rolls.put_in(**said, text=HEAD + "010190-1234;;\nA17;;\n")
    rolls.put_in(**said, text=HEAD + "B18;;\n")

    assert [one.roll_number for one in people(session)] == ["V1", "V2", "V3"]


def test_an_emptied_roll_begins_with_a_new_key_and_hides_nothing(session, said):
    rolls.put_in(**said, text=CIVIL)
    roll.empty_roll(**said)

    assert session.query(RollKey).count() == 0
    rolls.put_in(**said, text=HEAD + "A17;;\n")
    assert [one.roll_number for one in people(session)] == ["A17"]


def test_a_lost_letter_is_found_by_the_cpr_number_and_by_the_rolls_own(session, said):
    rolls.put_in(**said, text=CIVIL)

    assert code_files.replace_code("0101901234", **said).roll_number == "V1"
    assert code_files.replace_code("V2", **said).roll_number == "V2"


def test_no_cpr_number_stands_anywhere_in_the_database(session, said):
    job_id = rolls.begin(**said, text=CIVIL + "030392-1111;i går;020291-4321\n")
    with pytest.raises(rolls.Refused):
        rolls.step(job_id)
    rolls.put_in(**said, text=CIVIL)

    everything = b"".join(
        repr(tuple(row)).encode()
        for table in db.metadata.sorted_tables
        for row in session.execute(table.select())
    )
    for secret in ("010190", "0101901234", "020291", "4321", "030392"):
        assert secret.encode() not in everything.replace(b"1990, 1, 1", b"")


def test_the_file_is_kept_sealed_and_gone_when_it_is_done_with(session, said):
    job_id = rolls.begin(**said, text=CIVIL)
    job = session.get(Job, job_id)
    assert kept_files.opened(job.content).decode() == CIVIL
    assert b"0101" not in job.content

    rolls.put_in(**said, text=CIVIL)
    assert [one.content for one in session.query(Job)] == [None]


def test_a_file_with_other_headings_waits_for_its_columns(session, said):
    job_id = rolls.begin(**said, text="kode;fødselsdag;sted\nx1;31-12-1990;Nordby\n")
    job = session.get(Job, job_id)

    assert job.state is JobState.MAPPING
    assert roll_imports.headings_of(job)[0] == ("kode", "a0")
    assert roll_imports.columns_of(job) == {"birth_date": 1}


def test_every_refused_line_is_kept_with_its_reason(session, said):
    lines = "".join(f"{number};;Månen\n" for number in range(300))
    with pytest.raises(rolls.Refused) as refused:
        rolls.look_through(**said, text=HEAD + lines)

    assert [one.line for one in refused.value.args[0]] == list(range(2, 302))


def test_what_nobody_comes_back_for_is_deleted_after_a_day(session, said):
    rolls.begin(**said, text=CIVIL)
    jobs.forget_old(clock.now() + jobs.KEPT_FOR * 1.01)

    assert session.query(Job).count() == 0


def test_a_worker_takes_what_waits_and_two_never_take_the_same(session, said):
    job_id = rolls.begin(**said, text=HEAD + "1;;\n")

    assert jobs.run_waiting(clock.now()) == 1
    assert jobs.run_waiting(clock.now()) == 0
    session.expire_all()
    assert session.get(Job, job_id).state is JobState.CHECKED


def test_what_goes_wrong_in_a_job_names_nobody_in_the_log(said, monkeypatch, caplog):
    rolls.begin(**said, text=CIVIL)

    def breaks(*_):
        raise ValueError("010190-1234")

    monkeypatch.setattr(kept_files, "opened", breaks)
    jobs.run_waiting(clock.now())

    assert "ValueError" in caplog.text
    assert "0101" not in caplog.text
