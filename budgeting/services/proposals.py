"""What a citizen does with a proposal: send it, change it, take it back, send it again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from budgeting.extensions import db
from budgeting.models import Account, Area, BudgetRound, Pot, Proposal, Screening
from budgeting.refusals import EditedMeanwhile, NotYourDeed, Refusal
from budgeting.rulebook import proposals as rules
from budgeting.rulebook.deeds import Deed
from budgeting.services import post, rounds, transaction
from budgeting.vocabulary import N_, ProposalStatus


class UnknownPot(Refusal):
    """The round has no such pot."""

    message = N_("Vælg en af rundens puljer.")
    field = "pot"


class UnknownArea(Refusal):
    """The round has no such area."""

    message = N_("Vælg et af rundens lokalområder.")
    field = "area"


class LeastAboveAmount(Refusal):
    """A part cannot be more than the whole."""

    field = "least"
    message = N_("Det mindste beløb skal være lavere end beløbet ovenfor. Ellers lad det stå tomt.")


class NotYourProposal(NotYourDeed):
    """Somebody else wrote it."""

    message = N_(
        "Det er en anden, der har skrevet forslaget. Kun den, der har skrevet det, kan rette i det."
    )


class IsWithdrawn(Refusal):
    """A proposal that has been taken back cannot be changed."""

    message = N_("Forslaget er trukket tilbage. Send det ind igen, før du retter i det.")


class ChangedInAnotherWindow(EditedMeanwhile):
    """The citizen had the proposal open twice."""

    message = N_(
        "Du har ændret forslaget i et andet vindue, mens du skrev her. Din tekst står stadig "
        "herunder. Se, hvad der står nu, og gem igen, hvis teksten herunder skal gælde."
    )


@dataclass(frozen=True, kw_only=True)
class Content:
    """What the citizen writes; without an area the proposal is for all of the round's areas.

    ``least_oere`` is what the project can be carried out for at least, where a part will do.
    """

    title: str
    text: str
    amount_oere: int
    pot_id: int
    area_id: int | None
    least_oere: int | None = None


@dataclass(frozen=True)
class Form:
    """The form a proposal was written in: sent twice, it still makes one proposal."""

    nonce: str
    write_letter: Callable[[Proposal], post.Letter]


def check(budget_round: BudgetRound, content: Content) -> tuple[Pot, Area | None]:
    """Return the pot and the area that are meant, or refuse what the round does not allow."""
    pot = next((pot for pot in budget_round.pots if pot.id == content.pot_id), None)
    if pot is None:
        raise UnknownPot()
    area = next((area for area in budget_round.areas if area.id == content.area_id), None)
    if area is None and content.area_id is not None:
        raise UnknownArea()
    rules.check_amount(content.amount_oere, pot.budget_limit_oere)
    if content.least_oere is not None and content.least_oere >= content.amount_oere:
        raise LeastAboveAmount()
    rules.check_place(area.name if area else None, pot.area.name if pot.area else None)
    return pot, area


def submit(
    *,
    by: Account,
    budget_round: BudgetRound,
    content: Content,
    now: datetime,
    form: Form | None = None,
) -> Proposal:
    """Hand in a proposal; the form's letter goes to its author in the same transaction."""
    nonce = _nonce_of(by, form)
    try:
        with transaction.deed() as session:
            if (sent := _sent_before(session, nonce)) is not None:
                return sent
            rounds.permit(Deed.WRITE_PROPOSAL, roles=by.roles, budget_round=budget_round, now=now)
            proposal = Proposal(author=by, submitted_at=now, changed_at=now, form_nonce=nonce)
            _write(proposal, budget_round, content)
            session.add(proposal)
            session.flush()
            _thank(session, proposal, form, now)
        return proposal
    except IntegrityError:
        sent_at_the_same_moment = _sent_before(db.session(), nonce)
        if sent_at_the_same_moment is None:
            raise
        return sent_at_the_same_moment


def change(
    *, by: Account, proposal: Proposal, content: Content, seen_version: int | None, now: datetime
) -> None:
    """Write a proposal anew, unless it was changed after the writer's page was opened."""
    with transaction.deed():
        _permit_author(by, proposal, now)
        if proposal.is_withdrawn:
            raise IsWithdrawn()
        if proposal.version != seen_version:
            raise ChangedInAnotherWindow()
        _write(proposal, proposal.budget_round, content)
        proposal.changed_at = now


def withdraw(*, by: Account, proposal: Proposal, now: datetime) -> None:
    """Take a proposal back; it can be sent in again until the phase ends."""
    with transaction.deed():
        _permit_author(by, proposal, now)
        proposal.withdrawn_at = proposal.withdrawn_at or now


def submit_again(*, by: Account, proposal: Proposal, now: datetime) -> None:
    """Undo a withdrawal."""
    with transaction.deed():
        _permit_author(by, proposal, now)
        proposal.withdrawn_at = None


def status_of(proposal: Proposal, now: datetime) -> ProposalStatus:
    """Return what its author and the public see of a proposal at this moment."""
    answer = proposal.screening
    return rules.status_of(
        is_withdrawn=proposal.is_withdrawn,
        screening_is_finished=proposal.budget_round.screening_finished_at is not None,
        outcome=answer.outcome if answer else None,
        phase=rounds.phase_of(proposal.budget_round, now),
    )


def shown_answer(proposal: Proposal, now: datetime) -> Screening | None:
    """Return the municipality's answer where it may be seen by others than caseworkers."""
    is_answered = status_of(proposal, now) in (ProposalStatus.APPROVED, ProposalStatus.REJECTED)
    return proposal.screening if is_answered else None


def next_step(proposal: Proposal, now: datetime) -> rules.NextStep | None:
    """Return what happens next to a proposal."""
    budget_round = proposal.budget_round
    return rules.next_step(
        status_of(proposal, now),
        rounds.phase_of(budget_round, now),
        rounds.timetable_of(budget_round),
        now,
    )


def _permit_author(by: Account, proposal: Proposal, now: datetime) -> None:
    rounds.permit(Deed.WRITE_PROPOSAL, roles=by.roles, budget_round=proposal.budget_round, now=now)
    if proposal.author_id != by.id:
        raise NotYourProposal()


def _thank(session: Session, proposal: Proposal, form: Form | None, now: datetime) -> None:
    if form is not None:
        letter = form.write_letter(proposal)
        post.queue(session, proposal.author.email, letter.subject, letter.body, now)


def _write(proposal: Proposal, budget_round: BudgetRound, content: Content) -> None:
    pot, area = check(budget_round, content)
    proposal.budget_round = budget_round
    proposal.pot = pot
    proposal.area = area
    proposal.title = content.title
    proposal.text = content.text
    proposal.amount_oere = content.amount_oere
    proposal.least_oere = content.least_oere


def _nonce_of(by: Account, form: Form | None) -> str | None:
    """Return the form's number as it is kept: nobody can meet somebody else's."""
    if form is None:
        return None
    return hashlib.sha256(f"{by.id}:{form.nonce}".encode("utf-8", "replace")).hexdigest()


def _sent_before(session: Session, nonce: str | None) -> Proposal | None:
    if nonce is None:
        return None
    return session.scalar(select(Proposal).where(Proposal.form_nonce == nonce))
