"""What happens to the money equal shares leaves over, and the comparison with greedy.

``greedy`` and ``add1-greedy`` walk down the rest, most votes first (points or Borda scores
where the ballots give them), and take what fits. ``phragmen`` continues by Phragmen's rule
from what voters have left. The *comparison step* (Wieliczka 2023) keeps the outcome or the
greedy one, whichever more voters prefer by the number or by the cost of the chosen
projects they voted for; a draw keeps equal shares.

Example (51/49): after 5 red and 4 blue, 10 are left: greedy adds a red one.
"""

from dataclasses import replace
from fractions import Fraction

from budgeting.tally import greedy, phragmen
from budgeting.tally.electorate import BY_POINTS, BY_RANK, Electorate
from budgeting.tally.outcome import Outcome
from budgeting.tally.settings import GreedyOptions
from budgeting.tally.shares_arena import Told
from budgeting.tally.telling import Telling, waiting_places
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import Completion, Utility


def complete(telling: Telling, chain: TieChain, told: Told) -> None:
    """Spend more of what is left, as the settings say."""
    match telling.settings.completion:
        case Completion.GREEDY | Completion.ADD1_GREEDY:
            _greedily(telling, chain)
        case Completion.PHRAGMEN:
            _by_phragmen(telling, chain, told)
        case _:
            return


def _greedily(telling: Telling, chain: TieChain) -> None:
    electorate = telling.electorate
    level: dict[int, list[str]] = {}
    for place in waiting_places(electorate, telling.winners):
        level.setdefault(electorate.strength[place], []).append(electorate.ids[place])
    for strength in sorted(level, reverse=True):
        while fitting := [one for one in level[strength] if _cost(electorate, one) <= telling.left]:
            if len(fitting) > 1:
                telling.ties.append(chain.settle(telling.number, fitting, Fraction(strength)))
            chosen = chain.first(fitting)
            level[strength].remove(chosen)
            telling.fund(electorate.place_of[chosen], Fraction(strength), "completion")


def _cost(electorate: Electorate, project_id: str) -> int:
    return electorate.costs[electorate.place_of[project_id]]


def _by_phragmen(telling: Telling, chain: TieChain, told: Told) -> None:
    ledger = told.ledger
    if ledger is None:
        return
    loads = phragmen.Loads(telling.electorate, [float(one) for one in ledger.balance], ledger.money)
    loads.on_take = ledger.clear
    loads.spread(telling, chain, "completion")


def by_votes(utility: Utility) -> Utility:
    """The utility by which greedy takes most votes (points, Borda scores) first."""
    if utility in BY_POINTS:
        return Utility.POINTS_COST
    return Utility.BORDA_COST if utility in BY_RANK else Utility.COST


def compared(electorate: Electorate, outcome: Outcome) -> Outcome:
    """The outcome, or the greedy one where the settings ask and more voters prefer it."""
    settings = outcome.settings
    if settings.compare is None:
        return outcome
    rival = greedy.count_electorate(
        replace(electorate, utility=by_votes(electorate.utility)),
        replace(settings, greedy=GreedyOptions()),
    )
    mine, theirs = preferring(electorate, outcome, rival, settings.compare)
    remark = f"compared_by_{settings.compare}:{mine}:{theirs}"
    if theirs <= mine:
        return replace(outcome, remarks=(*outcome.remarks, remark))
    return replace(
        rival,
        settings=settings,
        increments=outcome.increments,
        stopped_by=outcome.stopped_by,
        remarks=(*outcome.remarks, remark, "greedy_preferred"),
    )


def preferring(
    electorate: Electorate, one: Outcome, other: Outcome, measure: str
) -> tuple[int, int]:
    """How many voters prefer one outcome and how many the other."""
    worth = electorate.costs if measure == "cost" else (1,) * len(electorate.costs)
    balance = [0] * len(worth)
    for sign, outcome in ((1, one), (-1, other)):
        for project_id in outcome.winners:
            place = electorate.place_of[project_id]
            balance[place] += sign * worth[place]
    ours = theirs = 0
    for group, size in enumerate(electorate.sizes):
        difference = sum(balance[place] for place, _ in electorate.supports(group))
        ours += int(size) if difference > 0 else 0
        theirs += int(size) if difference < 0 else 0
    return ours, theirs
