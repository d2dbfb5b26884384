"""The municipality's answers: one at a time, changed until the end, published together."""

from datetime import UTC, datetime, timedelta

import pytest

from budgeting.models import AuditEvent, BallotBox, Project, Screening
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.services import screening
from budgeting.services.screening import Answer, Seen
from budgeting.vocabulary import Phase, Role, ScreeningOutcome
from tests import make

APPROVED = ScreeningOutcome.APPROVED
REJECTED = ScreeningOutcome.REJECTED


@pytest.fixture
def made(session):
    return make.budget_round(session, Phase.SCREENING)


@pytest.fixture
def proposal(session, made):
    return make.proposal(session, made)


@pytest.fixture
def caseworker(session):
    return make.account(session, Role.CASEWORKER, name="Torben Sag")


def say(by, proposal, outcome=APPROVED, cost_oere=2_400_000, reason="", **named):
    screening.answer(
        by=by,
        proposal=proposal,
        answer=Answer(outcome, cost_oere, reason),
        seen=named.pop("seen", Seen(proposal.version)),
        now=named.pop("now", datetime.now(UTC)),
    )


def test_an_approval_keeps_its_cost(session, proposal, caseworker):
    say(caseworker, proposal)

    found = session.get(Screening, proposal.id)
    assert (found.outcome, found.cost_oere, found.caseworker) == (APPROVED, 2_400_000, caseworker)


def test_a_rejection_keeps_its_reason_and_no_cost(session, proposal, caseworker):
    say(caseworker, proposal, REJECTED, reason=" Kommunen ejer ikke grunden. ")

    found = session.get(Screening, proposal.id)
    assert (found.cost_oere, found.reason) == (None, "Kommunen ejer ikke grunden.")


def test_an_answer_is_logged(session, proposal, caseworker):
    say(caseworker, proposal)

    assert session.query(AuditEvent).one().deed == "screen_proposal"


def test_an_answer_may_be_changed_by_whoever_saw_the_last_one(session, proposal, caseworker):
    say(caseworker, proposal)
    say(caseworker, proposal, REJECTED, reason="Ulovligt", seen=Seen(proposal.version, 1))

    assert session.get(Screening, proposal.id).outcome is REJECTED


def test_the_second_of_two_caseworkers_is_told(session, proposal, caseworker):
    say(caseworker, proposal)

    with pytest.raises(screening.AnsweredMeanwhile):
        say(caseworker, proposal, REJECTED, reason="Ulovligt")
    assert session.get(Screening, proposal.id).outcome is APPROVED


def test_an_answer_to_a_proposal_that_was_rewritten_meanwhile_is_told(proposal, caseworker):
    with pytest.raises(screening.RewrittenMeanwhile):
        say(caseworker, proposal, seen=Seen(proposal.version - 1))


def test_a_proposal_rewritten_after_its_answer_waits_again(session, made, proposal, caseworker):
    say(caseworker, proposal)
    assert screening.count_unanswered(session, made.budget_round) == 0

    proposal.changed_at = datetime.now(UTC) + timedelta(seconds=1)
    session.commit()

    assert screening.needs_answer(proposal)
    assert screening.count_unanswered(session, made.budget_round) == 1


@pytest.mark.parametrize(
    ("outcome", "cost_oere", "reason", "refusal"),
    [
        (APPROVED, None, "", screening.NeedsCost),
        (APPROVED, 300_001_00, "", screening.DearerThanPot),
        (REJECTED, None, "  ", screening.NeedsReason),
    ],
)
def test_an_incomplete_answer_is_refused(proposal, caseworker, outcome, cost_oere, reason, refusal):
    with pytest.raises(refusal):
        say(caseworker, proposal, outcome, cost_oere, reason)


def test_a_withdrawn_proposal_is_not_answered(session, proposal, caseworker):
    proposal.withdrawn_at = datetime.now(UTC)
    session.commit()

    with pytest.raises(screening.ProposalGone):
        say(caseworker, proposal)


def test_only_a_caseworker_answers(session, proposal):
    with pytest.raises(NotYourDeed):
        say(make.account(session, Role.ADMIN), proposal)


def test_nothing_is_answered_once_the_projects_are_presented(session, caseworker):
    made = make.budget_round(session, Phase.PRESENTING, slug="presented")

    with pytest.raises(WrongPhase):
        say(caseworker, make.proposal(session, made, title="For sent"))


def test_finishing_makes_projects_of_what_was_approved(session, made, proposal, caseworker):
    rejected = make.proposal(session, made, title="Guldbænk")
    say(caseworker, proposal)
    say(caseworker, rejected, REJECTED, reason="Den er kun for én person.")

    finish(caseworker, made)

    project = session.query(Project).one()
    assert (project.title, project.cost_oere) == ("Gåbus", 2_400_000)
    assert session.get(BallotBox, made.pots[0].id).envelope_size > 0
    assert session.get(BallotBox, made.pots[1].id) is None


def test_finishing_waits_for_the_last_answer(session, made, proposal, caseworker):
    with pytest.raises(screening.StillUnanswered):
        finish(caseworker, made)
    assert made.budget_round.screening_finished_at is None


def test_finishing_without_an_approval_is_refused(made, proposal, caseworker):
    say(caseworker, proposal, REJECTED, reason="Ulovligt")

    with pytest.raises(screening.NothingApproved):
        finish(caseworker, made)


def test_finishing_twice_is_refused(session, made, proposal, caseworker):
    say(caseworker, proposal)
    finish(caseworker, made)

    with pytest.raises(screening.AlreadyFinished):
        finish(caseworker, made)
    assert session.query(Project).count() == 1


def test_screening_is_not_finished_while_proposals_still_come(session, caseworker):
    made = make.budget_round(session, Phase.PROPOSING, slug="early")
    say(caseworker, make.proposal(session, made))

    with pytest.raises(WrongPhase):
        finish(caseworker, made)


def finish(by, made):
    screening.finish(by=by, budget_round=made.budget_round, now=datetime.now(UTC))
