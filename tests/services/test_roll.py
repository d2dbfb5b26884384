"""The roll and its codes: all or none, shown once, and never in a log."""

import pytest

from budgeting import clock
from budgeting.ballotbox import code_letters
from budgeting.models import AuditEvent, Voter
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.services import code_files, code_giving, roll
from budgeting.vocabulary import Phase, Role
from tests import make
from tests.services import rolls

HEAD = rolls.HEAD


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
    added = rolls.put_in(**said, text=HEAD + "1;31-12-1990;Nordby\n2;;\n")

    assert added == 2
    assert voter(session, "1").area.name == "Nordby"


def test_nothing_is_imported_by_halves(session, said):
    with pytest.raises(rolls.Refused):
        rolls.put_in(**said, text=HEAD + "1;;Nordby\n2;;Månen\n")

    assert session.query(Voter).count() == 0


def test_the_same_number_may_stand_on_the_roll_of_another_round(session, admin, said):
    rolls.put_in(**said, text=HEAD + "1;;Nordby\n")
    other = make.budget_round(session, Phase.DRAFT, slug="anden", voters_in_each_area=0)

    added = rolls.put_in(
        by=admin, budget_round=other.budget_round, text=HEAD + "1;;\n", now=clock.now()
    )
    assert added == 1


@pytest.mark.parametrize("phase", [Phase.VOTING, Phase.PRESENTING])
def test_voters_are_added_until_voting_closes(session, admin, phase):
    made = make.budget_round(session, phase)

    rolls.put_in(
        by=admin, budget_round=made.budget_round, text=HEAD + "77;;Nordby\n", now=clock.now()
    )
    assert voter(session, "77")


def test_nobody_is_added_after_voting_has_closed(session, admin):
    made = make.budget_round(session, Phase.COUNTING)

    with pytest.raises(WrongPhase):
        rolls.put_in(
            by=admin, budget_round=made.budget_round, text=HEAD + "77;;\n", now=clock.now()
        )


def test_only_an_admin_keeps_the_roll(made, said):
    with pytest.raises(NotYourDeed):
        rolls.put_in(**said | {"by": made.people[Role.OFFICER]}, text=HEAD + "1;;\n")


def test_the_log_tells_how_many_and_never_who(session, said):
    rolls.put_in(**said, text=HEAD + "4711;31-12-1990;Nordby\n")
    rolls.codes(**said)

    details = [event.details for event in session.query(AuditEvent)]
    assert any('"added":1' in detail for detail in details)
    assert not any("4711" in detail or "1990" in detail for detail in details)


def test_the_roll_of_a_draft_can_be_emptied(session, said):
    rolls.put_in(**said, text=HEAD + "1;;\n")

    assert roll.empty_roll(**said) == 1
    assert session.query(Voter).count() == 0


def test_the_roll_of_an_opened_round_is_not_emptied(session, admin):
    made = make.budget_round(session, Phase.PROPOSING)

    with pytest.raises(roll.RollIsInUse):
        roll.empty_roll(by=admin, budget_round=made.budget_round, now=clock.now())


def test_the_preview_says_who_is_too_young(said):
    found = rolls.look_through(**said, text=HEAD + "1;01-01-2025;\n2;01-01-1990;\n")

    assert found["too_young"] == 1
    assert found["without_area"] == 2


def test_a_lost_letter_is_replaced(session, said):
    rolls.put_in(**said, text=HEAD + "1;;\n2;;\n")
    others = rolls.codes(**said)[1]

    line = code_files.replace_code("1", **said)

    assert voter(session, "1").code_locator == code_letters.parse(line.code).locator
    assert voter(session, "2").code_locator == code_letters.parse(others.code).locator


def test_a_voided_code_opens_nothing_and_the_voter_waits_for_the_next_file(session, said):
    rolls.put_in(**said, text=HEAD + "1;;\n")
    rolls.codes(**said)

    code_files.void_code("1", **said)

    assert voter(session, "1").code_hash is None
    assert len(rolls.codes(**said)) == 1


@pytest.mark.parametrize("deed", [code_files.replace_code, code_files.void_code])
def test_a_number_that_is_not_on_the_roll_is_told(said, deed):
    with pytest.raises(code_files.UnknownNumber):
        deed("404", **said)


def test_two_who_make_codes_at_once_do_not_give_one_voter_two(session, made, said):
    rolls.put_in(**said, text=HEAD + "1;;\n")
    seen = code_giving.waiting(code_giving.of_round(made.budget_round))
    rolls.codes(**said)

    with pytest.raises(code_giving.CodesAreBeingMade):
        code_giving.give(seen, **said, file_number=2)


def test_no_code_is_made_after_voting_has_closed(session, admin):
    made = make.budget_round(session, Phase.COUNTING)

    with pytest.raises(WrongPhase):
        code_files.replace_code(
            made.voters[0].roll_number, by=admin, budget_round=made.budget_round, now=clock.now()
        )


def test_addresses_are_forgotten_when_voting_has_closed(session, admin):
    made = make.budget_round(session, Phase.COUNTING)
    made.voters[0].addressee = "Bo\nVej 1"
    other = make.budget_round(session, Phase.VOTING, slug="anden", voters_in_each_area=0)
    open_voter = Voter(round_id=other.budget_round.id, roll_number="x", addressee="Ida\nVej 2")
    session.add(open_voter)
    session.commit()

    roll.forget_addresses(clock.now())

    assert voter(session, made.voters[0].roll_number).addressee is None
    assert voter(session, "x").addressee == "Ida\nVej 2"
