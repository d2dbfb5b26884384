"""The roll and its codes: all or none, shown once, and never in a log."""

import pytest

from budgeting import clock
from budgeting.ballotbox import code_letters
from budgeting.models import AuditEvent, Voter
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.services import code_files, code_giving, roll, roll_refusals
from budgeting.vocabulary import Phase, Role
from tests import make

HEAD = "nummer;fødselsdato;område\n"


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.DRAFT, voters_in_each_area=0)


@pytest.fixture
def admin(session):
    return make.account(session, Role.ADMIN)


@pytest.fixture
def said(made, admin):
    return {"by": admin, "budget_round": made.budget_round, "now": clock.now()}


def voter(session, number):
    session.expire_all()
    return session.query(Voter).filter_by(roll_number=number).one()


def test_every_line_is_put_on_the_roll(session, said):
    added = roll.import_roll(**said, text=HEAD + "1;31-12-1990;Nordby\n2;;\n")

    assert added == 2
    assert voter(session, "1").area.name == "Nordby"


def test_nothing_is_imported_by_halves(session, said):
    with pytest.raises(roll_refusals.LinesRefused):
        roll.import_roll(**said, text=HEAD + "1;;Nordby\n2;;Månen\n")

    assert session.query(Voter).count() == 0


def test_a_number_is_put_on_the_roll_once(said):
    roll.import_roll(**said, text=HEAD + "1;;Nordby\n")

    with pytest.raises(roll_refusals.LinesRefused):
        roll.import_roll(**said, text=HEAD + "1;;Nordby\n")


def test_the_same_number_may_stand_on_the_roll_of_another_round(session, admin, said):
    roll.import_roll(**said, text=HEAD + "1;;Nordby\n")
    other = make.budget_round(session, Phase.DRAFT, slug="anden", voters_in_each_area=0)

    added = roll.import_roll(
        by=admin, budget_round=other.budget_round, text=HEAD + "1;;\n", now=clock.now()
    )
    assert added == 1


@pytest.mark.parametrize("phase", [Phase.VOTING, Phase.PRESENTING])
def test_voters_are_added_until_voting_closes(session, admin, phase):
    made = make.budget_round(session, phase)

    roll.import_roll(
        by=admin, budget_round=made.budget_round, text=HEAD + "77;;Nordby\n", now=clock.now()
    )
    assert voter(session, "77")


def test_nobody_is_added_after_voting_has_closed(session, admin):
    made = make.budget_round(session, Phase.COUNTING)

    with pytest.raises(WrongPhase):
        roll.import_roll(
            by=admin, budget_round=made.budget_round, text=HEAD + "77;;\n", now=clock.now()
        )


def test_only_an_admin_keeps_the_roll(made, said):
    with pytest.raises(NotYourDeed):
        roll.import_roll(**said | {"by": made.people[Role.OFFICER]}, text=HEAD + "1;;\n")


def test_the_log_tells_how_many_and_never_who(session, said):
    roll.import_roll(**said, text=HEAD + "4711;31-12-1990;Nordby\n")
    code_files.make_next(**said)

    details = [event.details for event in session.query(AuditEvent)]
    assert any('"added":1' in detail for detail in details)
    assert not any("4711" in detail or "1990" in detail for detail in details)


def test_the_roll_of_a_draft_can_be_emptied(session, said):
    roll.import_roll(**said, text=HEAD + "1;;\n")

    assert roll.empty_roll(**said) == 1
    assert session.query(Voter).count() == 0


def test_the_roll_of_an_opened_round_is_not_emptied(session, admin):
    made = make.budget_round(session, Phase.PROPOSING)

    with pytest.raises(roll.RollIsInUse):
        roll.empty_roll(by=admin, budget_round=made.budget_round, now=clock.now())


def test_the_preview_says_who_is_too_young(made, said):
    reading = roll.preview(made.budget_round, HEAD + "1;01-01-2025;\n2;01-01-1990;\n", clock.now())

    assert roll.too_young(made.budget_round, reading) == 1
    assert reading.without_area == 2


def test_each_voter_gets_a_code_of_their_own_that_is_kept_as_a_hash(session, said):
    roll.import_roll(**said, text=HEAD + "1;;Nordby\n2;;\n")
    made = code_files.make_next(**said)

    assert [line.roll_number for line in made.lines] == ["1", "2"]
    code = code_letters.parse(made.lines[0].code)
    kept = voter(session, "1")
    assert kept.code_locator == code.locator
    assert code_letters.verify_secret(kept.code_hash, code.secret)
    assert made.lines[0].code not in repr(made)


def test_a_large_roll_gets_its_codes_in_several_files(monkeypatch, made, said):
    monkeypatch.setattr(code_files, "CODES_IN_A_FILE", 2)
    roll.import_roll(**said, text=HEAD + "1;;\n2;;\n3;;\n")

    files = [code_files.make_next(**said), code_files.make_next(**said)]

    assert [(one.number, len(one.lines)) for one in files] == [(1, 2), (2, 1)]
    assert code_files.files_of(made.budget_round) == [(1, 2), (2, 1)]
    with pytest.raises(code_files.EveryoneHasACode):
        code_files.make_next(**said)


def test_a_lost_file_is_made_anew_and_its_old_codes_open_nothing(session, said):
    roll.import_roll(**said, text=HEAD + "1;;\n")
    old = code_letters.parse(code_files.make_next(**said).lines[0].code)

    new = code_letters.parse(code_files.make_again(1, **said).lines[0].code)

    kept = voter(session, "1")
    assert kept.code_locator == new.locator != old.locator
    assert not code_letters.verify_secret(kept.code_hash, old.secret)
    with pytest.raises(code_files.NoSuchFile):
        code_files.make_again(1, **said)


def test_a_busy_machine_makes_a_shorter_file_and_the_rest_wait(monkeypatch, made, said):
    monkeypatch.setattr(code_giving, "SECONDS_A_PAGE_WAITS", 0)
    monkeypatch.setattr(code_giving, "HASHED_BETWEEN_LOOKS", 2)
    roll.import_roll(**said, text=HEAD + "1;;\n2;;\n3;;\n")

    assert len(code_files.make_next(**said).lines) == 2
    assert roll.state_of(made.budget_round).without_code == 1
    assert len(code_files.make_again(1, **said).lines) == 2
    assert code_files.files_of(made.budget_round) == [(2, 2)]


def test_a_lost_letter_is_replaced(session, said):
    roll.import_roll(**said, text=HEAD + "1;;\n2;;\n")
    others = code_files.make_next(**said).lines[1]

    line = code_files.replace_code("1", **said)

    assert voter(session, "1").code_locator == code_letters.parse(line.code).locator
    assert voter(session, "2").code_locator == code_letters.parse(others.code).locator


def test_a_voided_code_opens_nothing_and_the_voter_waits_for_the_next_file(session, said):
    roll.import_roll(**said, text=HEAD + "1;;\n")
    code_files.make_next(**said)

    code_files.void_code("1", **said)

    assert voter(session, "1").code_hash is None
    assert len(code_files.make_next(**said).lines) == 1


@pytest.mark.parametrize("deed", [code_files.replace_code, code_files.void_code])
def test_a_number_that_is_not_on_the_roll_is_told(said, deed):
    with pytest.raises(code_files.UnknownNumber):
        deed("404", **said)


def test_two_who_make_codes_at_once_do_not_give_one_voter_two(session, made, said):
    roll.import_roll(**said, text=HEAD + "1;;\n")
    seen = code_giving.waiting(code_giving.of_round(made.budget_round))
    code_files.make_next(**said)

    with pytest.raises(code_giving.CodesAreBeingMade):
        code_giving.give(seen, **said, file_number=2)


def test_no_code_is_made_after_voting_has_closed(session, admin):
    made = make.budget_round(session, Phase.COUNTING)

    with pytest.raises(WrongPhase):
        code_files.replace_code(
            made.voters[0].roll_number, by=admin, budget_round=made.budget_round, now=clock.now()
        )
