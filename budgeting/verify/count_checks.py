"""Sixth check: counting the ballots again gives the published outcome, bit for bit."""

from typing import Any

from budgeting import canonical
from budgeting.ballotbox import bundle_layout as layout
from budgeting.rulebook import tally_settings
from budgeting.tally import Outcome, count, pb_rules
from budgeting.tally.pabulib import Election
from budgeting.verify import reading
from budgeting.verify.reading import Files
from budgeting.verify.refused_count import (
    CannotCount,
    OutcomeDiffers,
    RulesNamedWrongly,
    WinnersMarkedWrongly,
)
from budgeting.verify.rule_checks import Rules

# Files of before these options had no words for the others.
NAMED = ("reserve_share", "exclusive_groups", "accepts_partly", "caps")


def check(files: Files, known: Rules, number: int, election: Election) -> Outcome:
    """Return the outcome of a pot, counted again; raises a BundleRefused."""
    pot = known.rulebook.pots[number - 1]
    outcome = _counted(known, election, pot.name)
    published = files.content(layout.of_pot(number, layout.OUTCOME))
    if canonical.encode(outcome.to_json()) != published:
        with reading.shaped(layout.of_pot(number, layout.OUTCOME)):
            said = canonical.decode(published)
        where = first_difference(_plain(outcome), said) or layout.OUTCOME
        raise OutcomeDiffers(pot=pot.name, where=where)
    _check_named_options(election, outcome, pot.name)
    marked = {one for one, mark in election.selected.items() if mark}
    if marked != set(outcome.winners) or len(election.selected) < len(election.instance.projects):
        raise WinnersMarkedWrongly(pot=pot.name)
    return outcome


def _counted(known: Rules, election: Election, pot: str) -> Outcome:
    try:
        settings = tally_settings.settings_of(
            known.rulebook.tally, known.lot_seed, known.on_ballot(pot)
        )
        return count(election.instance, election.profile, settings)
    except (ValueError, ModuleNotFoundError) as impossible:
        raise CannotCount(pot=pot, why=impossible) from None


def _check_named_options(election: Election, outcome: Outcome, pot: str) -> None:
    """Hold what the file itself says of the options against the rules it was counted by."""
    try:
        named = pb_rules.options_of(election.meta, election.instance.unit)
    except ValueError:
        raise RulesNamedWrongly(pot=pot) from None
    if any(getattr(named, name) != getattr(outcome.settings.greedy, name) for name in NAMED):
        raise RulesNamedWrongly(pot=pot)


def _plain(outcome: Outcome) -> Any:
    """The outcome as it reads once it has been written down."""
    return canonical.decode(canonical.encode(outcome.to_json()))


def first_difference(ours: Any, theirs: Any, where: str = "") -> str:
    """Return where two plain values first differ, as ``reasons.7.votes``; empty if they do not."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        keys = sorted(ours.keys() | theirs.keys())
        return _first(((key, ours.get(key), theirs.get(key)) for key in keys), where)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return _first(((str(place), one, other) for place, (one, other) in pairs), where)
    is_same = type(ours) is type(theirs) and ours == theirs
    return "" if is_same else where or "."


def _first(pairs: Any, where: str) -> str:
    for name, ours, theirs in pairs:
        found = first_difference(ours, theirs, f"{where}.{name}" if where else name)
        if found:
            return found
    return ""
