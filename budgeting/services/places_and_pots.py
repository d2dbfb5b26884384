"""The areas and pots of a draft: added, renamed and removed without breaking each other."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from budgeting.models import Account, Area, BudgetRound, Pot, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook.readiness import Part
from budgeting.services import setting_up
from budgeting.vocabulary import N_


class AreaTwice(Refusal):
    """Two areas with one name cannot be told apart."""

    field = "added"
    message = N_("Lokalområdet „%(name)s“ står to gange. Giv det ene et andet navn.")


class AreaHasPot(Refusal):
    """A pot is for the area that should go."""

    message = N_("„%(area)s“ bruges af puljen „%(pot)s“. Ret puljen først.")


class AreaHasCap(Refusal):
    """A cap is on the area that should go."""

    message = N_("Der er et loft for „%(area)s“ i puljen „%(pot)s“. Fjern loftet først.")


class AreaHasVoters(Refusal):
    """People on the roll live in the area that should go."""

    message = N_("Der står vælgere fra „%(area)s“ på valglisten. Tøm listen først.")


class PotTwice(Refusal):
    """Two pots with one name cannot be told apart."""

    field = "name"
    message = N_("Der er allerede en pulje, som hedder „%(name)s“. Vælg et andet navn.")


class UnknownArea(Refusal):
    """The area was removed meanwhile, or belongs to another round."""

    field = "area_id"
    message = N_("Lokalområdet findes ikke mere. Vælg et andet.")


class UnknownPot(Refusal):
    """The pot was removed meanwhile."""

    message = N_("Puljen findes ikke mere. En anden har fjernet den.")


@dataclass(frozen=True, kw_only=True)
class AreaChanges:
    """New names by the areas' ids, ids of areas to remove, and names of areas to add."""

    names: Mapping[int, str]
    removed: Sequence[int]
    added: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class PotTerms:
    """What an administrator says of a pot; no area means that it is for everyone."""

    name: str
    budget_limit_oere: int
    area_id: int | None


@dataclass(frozen=True, kw_only=True)
class KnownPotTerms(PotTerms):
    """The terms of a pot that is there already."""

    pot_id: int


def change_areas(
    *,
    by: Account,
    budget_round: BudgetRound,
    seen_version: int,
    changes: AreaChanges,
    now: datetime,
) -> None:
    """Rename areas, remove some, and add new ones, all at once."""
    with setting_up.change_of(
        Part.AREAS, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ) as session:
        _refuse_twins(changes)
        _remove(session, budget_round, changes.removed)
        _rename(session, budget_round, changes.names)
        budget_round.areas.extend(Area(name=name) for name in changes.added)
        session.flush()


def add_pot(
    *, by: Account, budget_round: BudgetRound, seen_version: int, terms: PotTerms, now: datetime
) -> None:
    """Add a sum for an area or for everyone."""
    with setting_up.change_of(
        Part.POTS, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        pot = Pot(name=terms.name, budget_limit_oere=terms.budget_limit_oere)
        _settle(budget_round, pot, terms)
        budget_round.pots.append(pot)


def change_pot(
    *,
    by: Account,
    budget_round: BudgetRound,
    seen_version: int,
    terms: KnownPotTerms,
    now: datetime,
) -> None:
    """Give a pot another name, sum or area."""
    with setting_up.change_of(
        Part.POTS, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        pot = get_pot(budget_round, terms.pot_id)
        _settle(budget_round, pot, terms)


def remove_pot(
    *, by: Account, budget_round: BudgetRound, seen_version: int, pot_id: int, now: datetime
) -> None:
    """Take a pot out of the draft."""
    with setting_up.change_of(
        Part.POTS, by=by, budget_round=budget_round, seen_version=seen_version, now=now
    ):
        budget_round.pots.remove(get_pot(budget_round, pot_id))


def get_pot(budget_round: BudgetRound, pot_id: int) -> Pot:
    """Return the round's pot, or refuse in words where it is gone."""
    for pot in budget_round.pots:
        if pot.id == pot_id:
            return pot
    raise UnknownPot()


def same_name(name: str) -> str:
    """Return the form in which two spellings of one name are the same."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _settle(budget_round: BudgetRound, pot: Pot, terms: PotTerms) -> None:
    others = {same_name(other.name) for other in budget_round.pots if other is not pot}
    if same_name(terms.name) in others:
        raise PotTwice(name=terms.name)
    if terms.area_id is not None and terms.area_id not in {a.id for a in budget_round.areas}:
        raise UnknownArea()
    pot.name = terms.name
    pot.budget_limit_oere = terms.budget_limit_oere
    pot.area_id = terms.area_id


def _refuse_twins(changes: AreaChanges) -> None:
    kept = [name for area_id, name in changes.names.items() if area_id not in changes.removed]
    seen = set()
    for name in [*kept, *changes.added]:
        if same_name(name) in seen:
            raise AreaTwice(name=name)
        seen.add(same_name(name))


def _remove(session: Session, budget_round: BudgetRound, removed: Sequence[int]) -> None:
    for area in [area for area in budget_round.areas if area.id in removed]:
        _refuse_if_used(session, budget_round, area)
        budget_round.areas.remove(area)
    session.flush()


def _refuse_if_used(session: Session, budget_round: BudgetRound, area: Area) -> None:
    field = f"remove-{area.id}"
    for pot in budget_round.pots:
        if pot.area_id == area.id:
            raise AreaHasPot(field=field, area=area.name, pot=pot.name)
        if any(cap.area_id == area.id for cap in pot.caps):
            raise AreaHasCap(field=field, area=area.name, pot=pot.name)
    if session.scalar(select(func.count()).where(Voter.area_id == area.id)):
        raise AreaHasVoters(field=field, area=area.name)


def _rename(session: Session, budget_round: BudgetRound, names: Mapping[int, str]) -> None:
    """Rename by way of names nobody has, so that two areas may swap names."""
    renamed = [
        area for area in budget_round.areas if area.id in names and names[area.id] != area.name
    ]
    for area in renamed:
        area.name = f"\u2060{area.id}\u2060"
    session.flush()
    for area in renamed:
        area.name = names[area.id]
    session.flush()
