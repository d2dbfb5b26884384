"""Caps of a draft: at most so much of a pot for one area or one category."""

from dataclasses import dataclass
from datetime import datetime

from budgeting.models import Account, BudgetRound, Cap, Pot
from budgeting.refusals import Refusal
from budgeting.rulebook.readiness import Part
from budgeting.services import places_and_pots, setting_up
from budgeting.services.places_and_pots import UnknownArea, same_name
from budgeting.vocabulary import N_


class CapOnNothing(Refusal):
    """A cap is on an area or on a category, and on one of them only."""

    field = "category"
    message = N_("Vælg et lokalområde, eller skriv en slags projekter. Ikke begge dele.")


class CapTwice(Refusal):
    """One thing has one cap."""

    field = "limit"
    message = N_("Der er allerede et loft for „%(name)s“ i den pulje. Fjern det først.")


class CapAbovePot(Refusal):
    """A cap as high as the pot caps nothing."""

    field = "limit"
    message = N_("Puljen er på %(limit_oere)s. Et loft skal være lavere.")


class UnknownCap(Refusal):
    """The cap was removed meanwhile."""

    message = N_("Loftet findes ikke mere. En anden har fjernet det.")


@dataclass(frozen=True, kw_only=True)
class CapTerms:
    """What an administrator says of a cap: an area's id or the name of a category."""

    pot_id: int
    area_id: int | None
    category: str
    limit_oere: int


def add(
    *, by: Account, budget_round: BudgetRound, seen_version: int, terms: CapTerms, now: datetime
) -> None:
    """Cap what one area or one category can get of a pot."""
    with setting_up.change_of(
        Part.COUNT, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        pot = places_and_pots.get_pot(budget_round, terms.pot_id)
        cap = _made(budget_round, terms)
        if terms.limit_oere >= pot.budget_limit_oere:
            raise CapAbovePot(limit_oere=pot.budget_limit_oere)
        if any(_same(cap, other) for other in pot.caps):
            raise CapTwice(name=cap.name)
        pot.caps.append(cap)


def remove(
    *, by: Account, budget_round: BudgetRound, seen_version: int, cap_id: int, now: datetime
) -> None:
    """Take a cap away."""
    with setting_up.change_of(
        Part.COUNT, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        pot, cap = _found(budget_round, cap_id)
        pot.caps.remove(cap)


def _made(budget_round: BudgetRound, terms: CapTerms) -> Cap:
    category = " ".join(terms.category.split())
    if (terms.area_id is None) == (not category):
        raise CapOnNothing()
    if terms.area_id is None:
        return Cap(category=category, limit_oere=terms.limit_oere)
    area = next((one for one in budget_round.areas if one.id == terms.area_id), None)
    if area is None:
        raise UnknownArea()
    return Cap(area=area, limit_oere=terms.limit_oere)


def _same(cap: Cap, other: Cap) -> bool:
    if cap.area is not None:
        return other.area is cap.area
    return other.area is None and same_name(other.name) == same_name(cap.name)


def _found(budget_round: BudgetRound, cap_id: int) -> tuple[Pot, Cap]:
    for pot in budget_round.pots:
        for cap in pot.caps:
            if cap.id == cap_id:
                return pot, cap
    raise UnknownCap()
