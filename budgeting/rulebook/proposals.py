"""What a proposal must keep to, and what may be said of it when: one rule for every page."""

from dataclasses import dataclass
from datetime import datetime

from budgeting.refusals import Refusal
from budgeting.rulebook.rules import Timetable
from budgeting.vocabulary import N_, Phase, ProposalStatus, ScreeningOutcome

TITLE_SIGNS = 100
TEXT_SIGNS = 5_000


class AmountAbovePot(Refusal):
    """More is asked for than there is."""

    message = N_("Der er %(limit_oere)s i puljen. Skriv et beløb, der ikke er højere.")
    field = "amount"


class AmountNotAboveZero(Refusal):
    """A proposal that asks for nothing."""

    message = N_("Skriv et beløb, der er større end nul.")
    field = "amount"


class PotIsForAnotherArea(Refusal):
    """A local pot pays for what lies in its own area."""

    message = N_("Puljen er kun for %(area)s. Vælg det lokalområde, eller vælg en anden pulje.")
    field = "area"


@dataclass(frozen=True)
class NextStep:
    """What happens next to a proposal, in a sentence, and the moments that it names."""

    sentence: str
    moments: dict[str, datetime]


def check_amount(amount_oere: int, limit_oere: int) -> None:
    """Refuse an amount that the pot could never pay."""
    if amount_oere <= 0:
        raise AmountNotAboveZero()
    if amount_oere > limit_oere:
        raise AmountAbovePot(limit_oere=limit_oere)


def check_place(area: str | None, pot_area: str | None) -> None:
    """Refuse a place outside the area that a local pot is for."""
    if pot_area is not None and area != pot_area:
        raise PotIsForAnotherArea(area=pot_area)


def status_of(
    *,
    is_withdrawn: bool,
    screening_is_finished: bool,
    outcome: ScreeningOutcome | None,
    phase: Phase,
) -> ProposalStatus:
    """Return what proposer and public see: no answer shows before all answers are ready."""
    if is_withdrawn:
        return ProposalStatus.WITHDRAWN
    if not screening_is_finished or outcome is None:
        is_early = phase in (Phase.ANNOUNCED, Phase.PROPOSING)
        return ProposalStatus.SUBMITTED if is_early else ProposalStatus.AWAITING_ANSWER
    approved = outcome is ScreeningOutcome.APPROVED
    return ProposalStatus.APPROVED if approved else ProposalStatus.REJECTED


def next_step(
    status: ProposalStatus, phase: Phase, timetable: Timetable, now: datetime
) -> NextStep | None:
    """Return what happens next to a proposal; None where nothing more will."""
    match status:
        case ProposalStatus.SUBMITTED:
            return NextStep(
                N_("Du kan rette i det indtil %(closes)s. Du får svar senest %(answer_by)s."),
                {"closes": timetable.proposing_closes, "answer_by": timetable.presenting_opens},
            )
        case ProposalStatus.AWAITING_ANSWER:
            return _step_to_answer(timetable, now)
        case ProposalStatus.APPROVED:
            return _step_to_vote(phase, timetable)
        case ProposalStatus.WITHDRAWN if phase is Phase.PROPOSING:
            return NextStep(
                N_("Du kan sende det ind igen indtil %(closes)s."),
                {"closes": timetable.proposing_closes},
            )
    return None


def _step_to_answer(timetable: Timetable, now: datetime) -> NextStep:
    if now < timetable.presenting_opens:
        return NextStep(
            N_(
                "Kommunen ser på, hvad det koster, og om det kan lade sig gøre. "
                "Du får svar senest %(answer_by)s."
            ),
            {"answer_by": timetable.presenting_opens},
        )
    return NextStep(
        N_("Kommunen er ikke færdig med at svare endnu. Svaret skulle være her %(answer_by)s."),
        {"answer_by": timetable.presenting_opens},
    )


def _step_to_vote(phase: Phase, timetable: Timetable) -> NextStep:
    if phase in (Phase.SCREENING, Phase.PRESENTING):
        return NextStep(
            N_("Nu er det et projekt, som alle kan stemme på. Afstemningen begynder %(opens)s."),
            {"opens": timetable.voting_opens},
        )
    if phase is Phase.VOTING:
        return NextStep(
            N_("Nu er det et projekt, som alle kan stemme på indtil %(closes)s."),
            {"closes": timetable.voting_closes},
        )
    if phase is Phase.COUNTING:
        return NextStep(N_("Stemmerne bliver talt. Så kommer resultatet."), {})
    return NextStep(N_("Resultatet står på rundens side."), {})
