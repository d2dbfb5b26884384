"""Instead of the ballots, where the rules keep them back: groups and numbers that must add up."""

from budgeting import canonical
from budgeting.ballotbox import bundle_layout as layout
from budgeting.refusals import Refusal
from budgeting.rulebook import ballots
from budgeting.tally import Outcome
from budgeting.verify import reading
from budgeting.verify.number_checks import Numbers
from budgeting.verify.reading import Files
from budgeting.verify.refused_count import BallotsDoNotAddUp
from budgeting.verify.refused_groups import GroupTooSmall, PatternInvalid, PatternTwice
from budgeting.verify.rule_checks import Rules
from budgeting.vocabulary import Publication


def check(files: Files, known: Rules, number: int, said: Numbers) -> int:
    """Return how many ballots stand in groups; raises a BundleRefused."""
    if known.rulebook.publication is not Publication.GROUPED:
        return 0
    pot = known.rulebook.pots[number - 1].name
    name = layout.of_pot(number, layout.GROUPS)
    spelled = files.record(name, patterns=list, others=int)
    with reading.shaped(name):
        read = [reading.record(one, choices=list, ballots=int) for one in spelled["patterns"]]
        groups = [(tuple(str(one) for one in group["choices"]), group["ballots"]) for group in read]
    _check_groups(groups, known, pot)
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


def _check_groups(groups: list[tuple[tuple[str, ...], int]], known: Rules, pot: str) -> None:
    on_ballot = {one.id for one in known.listed[pot]}
    seen: set[tuple[str, ...]] = set()
    for place, (choices, size) in enumerate(groups, start=1):
        if size < known.rulebook.smallest_group:
            raise GroupTooSmall(pot=pot, group=place)
        if choices in seen:
            raise PatternTwice(pot=pot, group=place)
        seen.add(choices)
        try:
            ballots.check(choices, known.rulebook.ballot, on_ballot)
        except Refusal as refused:
            raise PatternInvalid(pot=pot, group=place, why=refused) from None
