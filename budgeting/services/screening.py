"""The municipality's answers: one proposal at a time, shown to all when all are answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from budgeting.models import Account, BudgetRound, Project, Proposal, Screening
from budgeting.refusals import EditedMeanwhile, Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, ballot_list, post, rounds, transaction
from budgeting.vocabulary import N_, ScreeningOutcome

UNANSWERED = 0


@dataclass(frozen=True)
class Answer:
    """What the municipality says to a proposal; a cost only where it is approved.

    ``least_oere`` is what the project can be carried out for at least, and ``categories`` what
    it counts as, where the rulebook reads them.
    """

    outcome: ScreeningOutcome
    cost_oere: int | None = None
    reason: str = ""
    least_oere: int | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """What the caseworker was looking at: the proposal's version and the answer's.

    ``answer`` is UNANSWERED where there was none.
    """

    proposal: int
    answer: int = UNANSWERED


class NeedsCost(Refusal):
    """An approval without a cost."""

    field = "cost"
    message = N_("Skriv, hvad projektet koster. Prisen står på stemmesedlen.")


class DearerThanPot(Refusal):
    """A cost above the pot's sum could never be funded."""

    field = "cost"
    message = N_(
        "Puljen er på %(limit_oere)s, og prisen er højere. Find en lavere pris, eller afvis."
    )


class LeastAboveCost(Refusal):
    """A part cannot be more than the whole."""

    field = "least"
    message = N_("Det mindste beløb skal være lavere end prisen. Ellers lad feltet stå tomt.")


class NeedsReason(Refusal):
    """A rejection without a reason."""

    field = "reason"
    message = N_("Skriv en begrundelse. Forslagsstilleren skal kunne forstå afslaget.")


class ProposalGone(Refusal):
    """The author has withdrawn the proposal."""

    message = N_("Forslagsstilleren har trukket forslaget tilbage. Det skal ikke vurderes.")


class RewrittenMeanwhile(EditedMeanwhile):
    """The author changed the proposal while the caseworker was reading it."""

    message = N_(
        "Forslagsstilleren har rettet forslaget, mens du skrev. "
        "Læs det igen, og gem, hvis dit svar stadig passer."
    )


class AnsweredMeanwhile(EditedMeanwhile):
    """A colleague answered the same proposal first."""

    message = N_(
        "En kollega har svaret på forslaget, mens du skrev. Dit svar står stadig herunder. "
        "Gem igen, hvis dit svar skal gælde."
    )


class AlreadyFinished(Refusal):
    """The projects are published; answers stand."""

    message = N_("Vurderingen er afsluttet, og projekterne er offentliggjort. Svarene ligger fast.")


class StillUnanswered(Refusal):
    """Some proposals have no answer yet."""

    message = N_("%(count)s forslag mangler svar. Svar på dem, før du afslutter.")


class NothingApproved(Refusal):
    """Without projects there is nothing to vote about."""

    message = N_("Ingen forslag er godkendt. Der skal være mindst ét projekt at stemme om.")


def answer(*, by: Account, proposal: Proposal, answer: Answer, seen: Seen, now: datetime) -> None:
    """Approve a proposal with its cost, or reject it with a reason; may be changed until the end."""
    with transaction.deed() as session:
        session.refresh(proposal, with_for_update={"of": Proposal})
        rounds.permit(
            Deed.SCREEN_PROPOSAL, roles=by.roles, budget_round=proposal.budget_round, now=now
        )
        _refuse_impossible(proposal, answer)
        screening = _row_for(session, proposal, seen)
        screening.caseworker_id = by.id
        screening.outcome = answer.outcome
        screening.cost_oere = answer.cost_oere if screening.is_approval else None
        screening.least_oere = answer.least_oere if screening.is_approval else None
        screening.categories = list(answer.categories) if screening.is_approval else []
        screening.reason = answer.reason.strip()
        screening.answered_at = now
        audit.record(
            session,
            Deed.SCREEN_PROPOSAL,
            by=by,
            now=now,
            budget_round=proposal.budget_round,
            proposal=proposal.id,
            outcome=answer.outcome.value,
        )


def finish(
    *,
    by: Account,
    budget_round: BudgetRound,
    now: datetime,
    write_letter: Callable[[Proposal], post.Letter] | None = None,
) -> None:
    """Publish every answer at once, put the approved projects on the ballot, and write to all.

    The letters lie in the outbox if and only if the answers are public.
    """
    with transaction.deed() as session:
        rounds.lock(session, budget_round)
        if budget_round.screening_finished_at:
            raise AlreadyFinished()
        rounds.permit(Deed.FINISH_SCREENING, roles=by.roles, budget_round=budget_round, now=now)
        if missing := count_unanswered(session, budget_round):
            raise StillUnanswered(count=missing)
        approved = _approved(session, budget_round)
        if not approved:
            raise NothingApproved()
        session.add_all(_project(proposal, number) for number, proposal in enumerate(approved, 1))
        fingerprint = ballot_list.fix(session, budget_round)
        budget_round.screening_finished_at = now
        if write_letter is not None:
            _write_to_all(session, budget_round, write_letter, now)
        audit.record(
            session,
            Deed.FINISH_SCREENING,
            by=by,
            now=now,
            budget_round=budget_round,
            projects=len(approved),
            ballot_list=fingerprint,
        )


def standing_proposals(budget_round: BudgetRound) -> Select[Proposal]:
    """Return the query for the round's proposals that have not been withdrawn."""
    return (
        select(Proposal)
        .where(Proposal.round_id == budget_round.id)
        .where(Proposal.withdrawn_at.is_(None))
    )


def count_unanswered(session: Session, budget_round: BudgetRound) -> int:
    """Return how many proposals still wait for an answer to what they say now."""
    waiting = (
        standing_proposals(budget_round)
        .outerjoin(Screening)
        .where(or_(Screening.proposal_id.is_(None), Screening.answered_at < Proposal.changed_at))
        .with_only_columns(func.count())
    )
    return session.scalar(waiting) or 0


def needs_answer(proposal: Proposal) -> bool:
    """Whether a proposal waits: it has no answer, or was rewritten after it got one."""
    screening = proposal.screening
    return screening is None or screening.answered_at < proposal.changed_at


def _refuse_impossible(proposal: Proposal, answer: Answer) -> None:
    if proposal.budget_round.screening_finished_at:
        raise AlreadyFinished()
    if proposal.is_withdrawn:
        raise ProposalGone()
    if answer.outcome is ScreeningOutcome.REJECTED:
        if not answer.reason.strip():
            raise NeedsReason()
        return
    if not answer.cost_oere:
        raise NeedsCost()
    if answer.cost_oere > proposal.pot.budget_limit_oere:
        raise DearerThanPot(limit_oere=proposal.pot.budget_limit_oere)
    if answer.least_oere is not None and answer.least_oere >= answer.cost_oere:
        raise LeastAboveCost()


def _row_for(session: Session, proposal: Proposal, seen: Seen) -> Screening:
    if proposal.version != seen.proposal:
        raise RewrittenMeanwhile()
    found = session.get(Screening, proposal.id)
    if (found.version if found else UNANSWERED) != seen.answer:
        raise AnsweredMeanwhile()
    if found is None:
        found = Screening(proposal_id=proposal.id)
        session.add(found)
    return found


def _write_to_all(
    session: Session,
    budget_round: BudgetRound,
    write_letter: Callable[[Proposal], post.Letter],
    now: datetime,
) -> None:
    for proposal in session.scalars(standing_proposals(budget_round).order_by(Proposal.id)):
        letter = write_letter(proposal)
        post.queue(session, proposal.author.email, letter.subject, letter.body, now)


def _approved(session: Session, budget_round: BudgetRound) -> list[Proposal]:
    return list(
        session.scalars(
            standing_proposals(budget_round)
            .join(Screening)
            .where(Screening.outcome == ScreeningOutcome.APPROVED)
            .order_by(Proposal.id)
        )
    )


def _project(proposal: Proposal, number: int) -> Project:
    screening = proposal.screening
    assert screening is not None
    assert screening.cost_oere is not None
    return Project(
        round_id=proposal.round_id,
        pot_id=proposal.pot_id,
        area_id=proposal.area_id,
        proposal_id=proposal.id,
        ballot_id=str(number),
        title=proposal.title,
        text=proposal.text,
        cost_oere=screening.cost_oere,
        least_oere=screening.least_oere,
        categories=list(screening.categories or ()),
    )
