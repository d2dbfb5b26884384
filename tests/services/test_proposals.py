"""What a citizen does with a proposal, on both databases."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, OutboxMail, Proposal, Screening
from budgeting.refusals import EditedMeanwhile, WrongPhase
from budgeting.rulebook.proposals import AmountAbovePot, PotIsForAnotherArea
from budgeting.services import post, proposals
from budgeting.vocabulary import Phase, ProposalStatus, Role, ScreeningOutcome
from tests import make

NOW = datetime.now(UTC)


def content(made, **changes):
    usual = {
        "title": "Gåbus",
        "text": "Voksne følger børn til skole.",
        "amount_oere": 24_000_00,
        "pot_id": made.pots[0].id,
        "area_id": made.areas[0].id,
    }
    return proposals.Content(**usual | changes)


def form(nonce="abc"):
    return proposals.Form(nonce, lambda proposal: post.Letter(f"Tak for {proposal.title}", "Hej"))


def proposing(session, phase=Phase.PROPOSING):
    return make.budget_round(session, phase), make.account(session)


def submit(made, by, **changes):
    return proposals.submit(
        by=by,
        budget_round=made.budget_round,
        content=content(made, **changes),
        now=NOW,
        form=form(),
    )


def test_a_citizen_hands_in_a_proposal_and_is_thanked_by_mail(session):
    made, citizen = proposing(session)

    proposal = submit(made, citizen)

    assert (proposal.title, proposal.author, proposal.area) == ("Gåbus", citizen, made.areas[0])
    assert session.scalars(select(OutboxMail.subject)).all() == ["Tak for Gåbus"]


@pytest.mark.parametrize("phase", [Phase.ANNOUNCED, Phase.SCREENING, Phase.VOTING])
def test_outside_its_phase_no_proposal_is_taken(session, phase):
    made, citizen = proposing(session, phase)

    with pytest.raises(WrongPhase):
        submit(made, citizen)


def test_the_same_form_twice_is_one_proposal_and_one_mail(session):
    made, citizen = proposing(session)

    assert submit(made, citizen) == submit(made, citizen)

    assert session.scalar(select(func.count()).select_from(Proposal)) == 1
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 1


def test_the_same_number_in_another_citizens_form_is_another_proposal(session):
    made, citizen = proposing(session)
    other = make.account(session, email="en-anden@example.org")

    assert submit(made, citizen) != submit(made, other)


def test_two_clicks_at_the_same_moment_are_one_proposal(app, session):
    made, citizen = proposing(session)
    wanted, round_id, citizen_id = content(made), made.budget_round.id, citizen.id
    session.commit()
    starting, numbers = threading.Barrier(4), []

    def click():
        with app.app_context():
            by = db.session.get(Account, citizen_id)
            budget_round = db.session.get(BudgetRound, round_id)
            starting.wait()
            sent = proposals.submit(
                by=by, budget_round=budget_round, content=wanted, now=NOW, form=form()
            )
            numbers.append(sent.id)

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert len(numbers) == 4
    assert len(set(numbers)) == 1


def test_more_than_the_pot_holds_is_refused(session):
    made, citizen = proposing(session)

    with pytest.raises(AmountAbovePot) as refused:
        submit(made, citizen, amount_oere=300_000_01)

    assert refused.value.values == {"limit_oere": 300_000_00}


def test_a_place_outside_the_pots_area_is_refused(session):
    made, citizen = proposing(session)

    with pytest.raises(PotIsForAnotherArea):
        submit(made, citizen, area_id=made.areas[1].id)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"pot_id": 10**30}, proposals.UnknownPot),
        ({"area_id": 10**30}, proposals.UnknownArea),
    ],
)
def test_a_pot_or_area_of_another_round_is_refused(session, wrong, refusal):
    made, citizen = proposing(session)

    with pytest.raises(refusal):
        submit(made, citizen, **wrong)


def test_a_proposal_is_changed_until_the_phase_ends(session):
    made, citizen = proposing(session)
    proposal = submit(made, citizen)

    change(proposal, citizen, content(made, title="Gåbus til skolen"))

    assert proposal.title == "Gåbus til skolen"
    with pytest.raises(WrongPhase):
        change(proposal, citizen, content(made), now=NOW + timedelta(days=11))


def change(proposal, by, what, *, seen_version=None, now=NOW):
    proposals.change(
        by=by,
        proposal=proposal,
        content=what,
        seen_version=seen_version or proposal.version,
        now=now,
    )


def test_of_two_who_change_the_same_the_second_is_told(session):
    made, citizen = proposing(session)
    proposal = submit(made, citizen)
    seen = proposal.version
    change(proposal, citizen, content(made, title="Først"), seen_version=seen)

    with pytest.raises(EditedMeanwhile):
        change(proposal, citizen, content(made, title="Sidst"), seen_version=seen)

    assert proposal.title == "Først"


def test_a_form_without_a_version_changes_nothing(session):
    made, citizen = proposing(session)
    proposal = submit(made, citizen)

    with pytest.raises(EditedMeanwhile):
        proposals.change(
            by=citizen, proposal=proposal, content=content(made), seen_version=None, now=NOW
        )


def test_nobody_changes_what_another_has_written(session):
    made, citizen = proposing(session)
    proposal = submit(made, citizen)
    other = make.account(session, Role.ADMIN)

    with pytest.raises(proposals.NotYourProposal):
        change(proposal, other, content(made))
    with pytest.raises(proposals.NotYourProposal):
        proposals.withdraw(by=other, proposal=proposal, now=NOW)


def test_what_is_withdrawn_can_be_sent_in_again(session):
    made, citizen = proposing(session)
    proposal = submit(made, citizen)

    proposals.withdraw(by=citizen, proposal=proposal, now=NOW)
    assert proposals.status_of(proposal, NOW) is ProposalStatus.WITHDRAWN
    with pytest.raises(proposals.IsWithdrawn):
        change(proposal, citizen, content(made))

    proposals.submit_again(by=citizen, proposal=proposal, now=NOW)
    assert proposals.status_of(proposal, NOW) is ProposalStatus.SUBMITTED


def test_the_answer_is_nobodys_to_see_before_the_screening_is_finished(session):
    made, citizen = proposing(session, Phase.SCREENING)
    proposal = make.proposal(session, made, author=citizen)
    session.add(
        Screening(
            proposal_id=proposal.id,
            caseworker_id=citizen.id,
            outcome=ScreeningOutcome.REJECTED,
            reason="Skolen har en gåbus.",
            answered_at=NOW,
        )
    )
    session.commit()
    assert proposals.shown_answer(proposal, NOW) is None

    made.budget_round.screening_finished_at = NOW
    assert proposals.shown_answer(proposal, NOW).reason == "Skolen har en gåbus."
