"""For each round: the phase it is in, and the next thing an administrator does about it."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from budgeting.extensions import db
from budgeting.models import BudgetRound
from budgeting.services import destroying, rounds
from budgeting.vocabulary import N_, Phase
from budgeting.web import formats

# Phase: what to do, where, and the moment that the phase waits for.
NEXT = {
    Phase.DRAFT: (N_("Klargør runden"), "admin.rounds_prepare", None),
    Phase.ANNOUNCED: (N_("Se valglisten"), "admin.roll_index", "proposing_opens"),
    Phase.PROPOSING: (N_("Se forslagene"), "public.proposals_index", "proposing_closes"),
    Phase.SCREENING: (N_("Følg vurderingen"), "caseworker.queue_show", "presenting_opens"),
    Phase.PRESENTING: (N_("Gør koderne klar"), "admin.roll_index", "voting_opens"),
    Phase.VOTING: (N_("Hjælp vælgere med koder"), "admin.roll_index", "voting_closes"),
    Phase.COUNTING: (N_("Tæl stemmerne"), "admin.counting_show", None),
    Phase.DECIDING: (N_("Se resultatet"), "public.results_show", None),
    Phase.REALISING: (N_("Se resultatet"), "public.results_show", "realising_ends"),
    Phase.CLOSED: (N_("Se resultatet"), "public.results_show", None),
}
WAITS = {
    "proposing_opens": N_("Forslag kan skrives fra %(when)s."),
    "proposing_closes": N_("Fristen for forslag er %(when)s."),
    "presenting_opens": N_("Projekterne skal vises %(when)s."),
    "voting_opens": N_("Afstemningen åbner %(when)s."),
    "voting_closes": N_("Afstemningen slutter %(when)s."),
    "realising_ends": N_("Projekterne skal være færdige %(when)s."),
}


@dataclass(frozen=True)
class ShownRound:
    """A line of the list."""

    budget_round: BudgetRound
    phase: Phase
    waits: str
    deed: str
    address: str


def all_rounds(now: datetime) -> list[ShownRound]:
    """Return every round, the newest first."""
    newest_first = select(BudgetRound).order_by(BudgetRound.id.desc())
    return [shown(one, now) for one in db.session.scalars(newest_first)]


def shown(budget_round: BudgetRound, now: datetime) -> ShownRound:
    """Return a round with its phase and the next deed."""
    phase = rounds.phase_of(budget_round, now)
    deed, endpoint, moment = NEXT[phase]
    if destroying.is_due(budget_round, now):
        deed, endpoint = N_("Destruér kuverter og nøgler"), "admin.destroying_confirm"
    at = getattr(budget_round, moment) if moment else None
    return ShownRound(
        budget_round=budget_round,
        phase=phase,
        waits=_(WAITS[moment], when=formats.when(at)) if moment and at else "",
        deed=_(deed),
        address=url_for(endpoint, round_slug=budget_round.slug),
    )
