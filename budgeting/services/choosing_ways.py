"""The administrator chooses how voters come into the booth, while the round is a draft."""

from datetime import datetime

from budgeting.models import Account, BudgetRound
from budgeting.refusals import Refusal
from budgeting.rulebook.readiness import Part
from budgeting.services import openid_adapter, setting_up
from budgeting.vocabulary import N_, WaysIn

WITH_OPENID = frozenset({WaysIn.OPENID, WaysIn.CODES_AND_OPENID})
WITH_CODES = frozenset({WaysIn.CODES, WaysIn.CODES_AND_OPENID})


class NoProvider(Refusal):
    """Nobody has said whom to trust for MitID."""

    message = N_("MitID er ikke sat op på serveren endnu. Spørg den, der driver den.")
    field = "ways_in"


def choose(
    *, by: Account, budget_round: BudgetRound, seen_version: int, ways_in: WaysIn, now: datetime
) -> None:
    """Say how voters come in; MitID only where a provider has been set up."""
    if ways_in in WITH_OPENID and openid_adapter.for_voters() is None:
        raise NoProvider()
    with setting_up.change_of(
        Part.WAYS_IN, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        budget_round.ways_in = ways_in
