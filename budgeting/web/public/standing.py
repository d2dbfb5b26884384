"""Where a round stands, in a sentence, until when, and the one thing to do about it."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from budgeting.models import BudgetRound
from budgeting.vocabulary import Phase
from budgeting.web import formats

WITH_RESULT = (Phase.DECIDING, Phase.REALISING, Phase.CLOSED)


@dataclass(frozen=True)
class Action:
    """The primary button of a round: what it says and where it leads."""

    text: str
    address: str


@dataclass(frozen=True)
class Standing:
    """What is said of a round now."""

    sentence: str
    left: str
    action: Action | None


def standing_of(budget_round: BudgetRound, phase: Phase, now: datetime) -> Standing:
    """Return where the round stands at this moment."""
    deadline = _deadline(budget_round, phase)
    return Standing(
        sentence=_sentence(budget_round, phase, now),
        left=formats.time_left(now, deadline) if deadline else "",
        action=_action(budget_round, phase),
    )


def _deadline(budget_round: BudgetRound, phase: Phase) -> datetime | None:
    """Return the moment that closes what people can do now."""
    if phase is Phase.PROPOSING:
        return budget_round.proposing_closes
    return budget_round.voting_closes if phase is Phase.VOTING else None


def _sentence(budget_round: BudgetRound, phase: Phase, now: datetime) -> str:
    match phase:
        case Phase.ANNOUNCED:
            return _dated(_("Du kan skrive forslag fra %(when)s."), budget_round.proposing_opens)
        case Phase.PROPOSING:
            return _dated(_("Skriv dit forslag senest %(when)s."), budget_round.proposing_closes)
        case Phase.SCREENING:
            return _while_screening(budget_round, now)
        case Phase.PRESENTING:
            return _dated(
                _("Læs om projekterne. Du kan stemme fra %(when)s."), budget_round.voting_opens
            )
        case Phase.VOTING:
            return _dated(_("Du kan stemme indtil %(when)s."), budget_round.voting_closes)
        case _:
            return _after_voting(budget_round, phase)


def _while_screening(budget_round: BudgetRound, now: datetime) -> str:
    opens = budget_round.presenting_opens
    if opens is None or opens <= now:
        return _("Kommunen er ved at blive færdig med at se på forslagene.")
    return _dated(_("Kommunen ser på forslagene. Projekterne er klar %(when)s."), opens)


def _after_voting(budget_round: BudgetRound, phase: Phase) -> str:
    if phase is Phase.COUNTING:
        return _("Afstemningen er slut. Resultatet kommer, når stemmerne er talt.")
    if phase is Phase.DECIDING:
        return _("Stemmerne er talt. Nu tager byrådet stilling til listen.")
    if phase is Phase.REALISING and not budget_round.source:
        return _("Byrådet har vedtaget listen. Nu bliver projekterne til noget.")
    return _("Runden er slut. Her kan du se, hvilke projekter der fik penge.")


def _dated(sentence: str, moment: datetime | None) -> str:
    """Put a moment into a sentence; an opened round has every moment."""
    assert moment is not None
    return sentence % {"when": formats.when(moment)}


def _action(budget_round: BudgetRound, phase: Phase) -> Action | None:
    chosen = _text_and_endpoint(phase)
    if chosen is None:
        return None
    text, endpoint = chosen
    return Action(text, url_for(endpoint, round_slug=budget_round.slug))


def _text_and_endpoint(phase: Phase) -> tuple[str, str] | None:
    if phase in WITH_RESULT:
        return _("Se resultatet"), "public.results_show"
    return {
        Phase.PROPOSING: (_("Skriv et forslag"), "citizen.proposals_new"),
        Phase.SCREENING: (_("Se forslagene"), "public.proposals_index"),
        Phase.PRESENTING: (_("Se projekterne"), "public.projects_index"),
        Phase.VOTING: (_("Stem nu"), "citizen.booth_enter"),
        Phase.COUNTING: (_("Se projekterne"), "public.projects_index"),
    }.get(phase)
