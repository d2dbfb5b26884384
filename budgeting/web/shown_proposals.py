"""A proposal as a page shows it: where it stands, what comes next, and the answer it got."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from budgeting.models import Proposal, Screening
from budgeting.rulebook.proposals import NextStep
from budgeting.services import proposals, rounds
from budgeting.vocabulary import Phase, ProposalStatus
from budgeting.web import formats

TONES = {
    ProposalStatus.SUBMITTED: "now",
    ProposalStatus.AWAITING_ANSWER: "waiting",
    ProposalStatus.APPROVED: "good",
    ProposalStatus.REJECTED: "neutral",
    ProposalStatus.WITHDRAWN: "neutral",
}


@dataclass(frozen=True)
class ShownProposal:
    """A proposal with what may be said of it now."""

    proposal: Proposal
    status: ProposalStatus
    tone: str
    next_step: str
    answer: Screening | None
    can_be_changed: bool

    @property
    def cost_oere(self) -> int:
        """Return the cost where the municipality has found one, else what was asked for."""
        found = self.answer.cost_oere if self.answer else None
        return found or self.proposal.amount_oere


def shown(proposal: Proposal, now: datetime) -> ShownProposal:
    """Return what a page says of a proposal at this moment."""
    status = proposals.status_of(proposal, now)
    return ShownProposal(
        proposal=proposal,
        status=status,
        tone=TONES[status],
        next_step=_sentence(proposals.next_step(proposal, now)),
        answer=proposals.shown_answer(proposal, now),
        can_be_changed=rounds.phase_of(proposal.budget_round, now) is Phase.PROPOSING,
    )


def all_shown(found: Iterable[Proposal], now: datetime) -> list[ShownProposal]:
    """Return what a page says of each proposal."""
    return [shown(proposal, now) for proposal in found]


def _sentence(step: NextStep | None) -> str:
    if step is None:
        return ""
    moments = {name: formats.when(moment) for name, moment in step.moments.items()}
    return gettext(step.sentence) % moments
