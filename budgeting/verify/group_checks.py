"""Instead of the ballots, where the rules keep them back: groups and numbers that must add up."""

from typing import Any

from budgeting import canonical
from budgeting.ballotbox import bundle_layout as layout
from budgeting.refusals import Refusal
from budgeting.rulebook import ballots
from budgeting.tally import Outcome
from budgeting.verify import ballot_checks, reading
from budgeting.verify.number_checks import Numbers
from budgeting.verify.reading import Files
from budgeting.verify.refused_count import BallotsDoNotAddUp
from budgeting.verify.refused_groups import GroupTooSmall, PatternInvalid, PatternTwice
from budgeting.verify.rule_checks import Rules
from budgeting.vocabulary import Publication

Pattern = tuple[tuple[str, ...], tuple[int, ...] | None]


def check(files: Files, known: Rules, number: int, said: Numbers) -> int:
    """Return how many ballots stand in groups; raises a BundleRefused."""
    if known.rulebook.publication is not Publication.GROUPED:
        return 0
    pot = known.rulebook.pots[number - 1].name
    name = layout.of_pot(number, layout.GROUPS)
    spelled = files.record(name, patterns=list, others=int)
    with reading.shaped(name):
        groups = [_read(one, known) for one in spelled["patterns"]]
    _check_groups(groups, known, number)
    if spelled["others"] < 0:
        raise GroupTooSmall(pot=pot, group=len(groups) + 1)
    heaps = [size for _, size in groups] + [spelled["others"]]
    if sum(heaps) != said.ballots_valid:
        raise BallotsDoNotAddUp(pot=pot, found=sum(heaps), said=said.ballots_valid)
    return sum(size for _, size in groups)


def outcome(files: Files, number: int) -> Outcome:
    """Return the published outcome as it stands: nobody can count it again."""
    name = layout.of_pot(number, layout.OUTCOME)
    with reading.shaped(name):
        return Outcome.from_json(canonical.decode(files.content(name)))


def _read(spelled: Any, known: Rules) -> tuple[Pattern, int]:
    if known.rulebook.ballot.ballot_type not in ballots.WITH_POINTS:
        group = reading.record(spelled, choices=list, ballots=int)
        return (tuple(map(str, group["choices"])), None), group["ballots"]
    group = reading.record(spelled, choices=list, points=list, ballots=int)
    return (tuple(map(str, group["choices"])), tuple(map(int, group["points"]))), group["ballots"]


def _check_groups(groups: list[tuple[Pattern, int]], known: Rules, number: int) -> None:
    rule = known.rulebook.pots[number - 1]
    pot, paper = rule.name, ballot_checks.paper_of(known, rule)
    seen: set[Pattern] = set()
    for place, (pattern, size) in enumerate(groups, start=1):
        if size < known.rulebook.smallest_group:
            raise GroupTooSmall(pot=pot, group=place)
        if pattern in seen:
            raise PatternTwice(pot=pot, group=place)
        seen.add(pattern)
        choices, points = pattern
        try:
            ballots.check(choices, known.rulebook.ballot, paper, points)
        except Refusal as refused:
            raise PatternInvalid(pot=pot, group=place, why=refused) from None
