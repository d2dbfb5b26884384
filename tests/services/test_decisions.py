"""The council's decision: every project, a reason for each departure, within the pot, once."""

from datetime import UTC, datetime

import pytest

from budgeting.models import AuditEvent, Decision
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.services import decisions
from budgeting.services.decisions import Choice
from budgeting.vocabulary import Role
from tests import results

REFERENCE = "Byrådet den 4. juni, punkt 7"
NOW = datetime.now(UTC)


def as_recommended(session, made):
    return {
        project.id: Choice(is_recommended)
        for project, is_recommended in decisions.recommended(session, made.budget_round)
    }


def adopt(made, choices, reference=REFERENCE, by=Role.COUNCIL):
    decisions.adopt(
        by=made.people[by],
        budget_round=made.budget_round,
        choices=choices,
        reference=reference,
        now=NOW,
    )


def test_the_council_may_follow_the_vote(session):
    made = results.published(session)

    adopt(made, as_recommended(session, made))

    lines = session.query(Decision).all()
    assert len(lines) == 5
    assert not [line for line in lines if line.is_departure]
    assert made.budget_round.adoption_reference == REFERENCE


def test_a_departure_keeps_its_reason(session):
    made = results.published(session)
    first = made.projects[0]
    choices = as_recommended(session, made) | {first.id: Choice(False, " Vejen lukkes. ")}

    adopt(made, choices)

    line = session.get(Decision, first.id)
    assert (line.recommended, line.adopted, line.reason) == (True, False, "Vejen lukkes.")


def test_a_departure_without_a_reason_is_refused_at_its_own_field(session):
    made = results.published(session)
    first = made.projects[0]

    with pytest.raises(decisions.DepartureNeedsReason) as refused:
        adopt(made, as_recommended(session, made) | {first.id: Choice(False, "  ")})
    assert refused.value.field == f"reason_{first.id}"


def test_every_project_needs_a_line(session):
    made = results.published(session)

    with pytest.raises(decisions.MissingChoice):
        adopt(made, {})


def test_the_pot_holds_for_the_council_too(session):
    made = results.published(session)

    with pytest.raises(decisions.OverBudget) as refused:
        adopt(made, {project.id: Choice(True, "Alle er gode") for project in made.projects})
    assert refused.value.values["over_oere"] == 180_000_00


def test_the_decision_says_where_it_was_made(session):
    made = results.published(session)

    with pytest.raises(decisions.ReferenceMissing):
        adopt(made, as_recommended(session, made), reference=" ")


def test_everything_that_stands_in_the_way_is_told_at_once(session):
    made = results.published(session)
    choices = {project.id: Choice(True) for project in made.projects}

    found = decisions.find_refusals(session, made.budget_round, choices, "")

    assert [type(refusal).__name__ for refusal in found] == [
        "DepartureNeedsReason",
        "DepartureNeedsReason",
        "OverBudget",
        "ReferenceMissing",
    ]


def test_the_council_decides_once(session):
    made = results.adopted(session)

    with pytest.raises(decisions.AlreadyAdopted):
        adopt(made, as_recommended(session, made))
    assert session.query(AuditEvent).filter_by(deed="adopt_result").count() == 1


def test_the_council_waits_for_the_published_result(session):
    made = results.counted(session)

    with pytest.raises(WrongPhase):
        adopt(made, as_recommended(session, made))


def test_only_the_council_adopts(session):
    made = results.published(session)

    with pytest.raises(NotYourDeed):
        adopt(made, as_recommended(session, made), by=Role.ADMIN)
