"""Equal shares: every voter gets an equal share of the money and spends it on projects.

Method of Equal Shares (Peters, Pierczynski, Skowron, NeurIPS 2021, arXiv 2008.13276).
Every voter starts with b = B/n. For each project that its supporters can pay, rho is the
least number with: sum over supporters of min(b_i, rho * u_i) = cost. The project with the
least rho is bought, each supporter pays min(b_i, rho * u_i), and so on until no project
can be paid. With utility ``cost``, 1/rho is the effective number of votes.

Completion ``add1`` runs again and again with a little more money per voter, until the
outcome would cost more than B; the outcome before that one stands. The outcome does not
grow steadily with the money, so no shortcut is taken. ``completions`` has the others.

Example (51/49): 10 red and 10 blue projects of cost 10, B = 100, 51 ballots for all red
and 49 for all blue. The reds can pay 51 and the blues 49: 5 red and 4 blue are bought.
"""

from collections.abc import Callable

from budgeting.tally import compiling, completions
from budgeting.tally.election import Instance, Profile
from budgeting.tally.electorate import Electorate, gather
from budgeting.tally.outcome import Outcome
from budgeting.tally.settings import RuleSettings
from budgeting.tally.shares_arena import Arena, Told
from budgeting.tally.telling import Telling, waiting_places
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import Completion, Stop

RAISING = frozenset({Completion.ADD1, Completion.ADD1_GREEDY})

Progress = Callable[[int], None]


def count(
    instance: Instance,
    profile: Profile,
    settings: RuleSettings,
    progress: Progress | None = None,
) -> Outcome:
    """Count by equal shares with the completion of the settings."""
    electorate = gather(instance, profile, settings.utility)
    return count_electorate(electorate, settings, progress)


def count_electorate(
    electorate: Electorate, settings: RuleSettings, progress: Progress | None = None
) -> Outcome:
    """Count ballots that are already grouped."""
    instance = electorate.instance
    chain = TieChain(settings.ties, instance.projects, electorate.votes_by_id)
    arena = Arena(electorate, chain)
    raises, why = 0, "no_one_can_pay"
    if settings.completion in RAISING:
        raises, why = raise_shares(arena, settings, progress)
    raised_by = raises * (settings.increment or instance.unit)
    final = arena.tell(raised_by)
    telling = tell(final, Telling(electorate, settings))
    if why == "cap_on_runs":
        telling.remarks.append("cap_on_runs_reached")
    completions.complete(telling, chain, final)
    tried = raises + (why == "over_budget")
    outcome = telling.outcome(
        increments=tried if settings.completion in RAISING else None,
        raised_by=raised_by,
        stopped_by=why,
    )
    return completions.compared(electorate, outcome)


def winners(instance: Instance, profile: Profile, settings: RuleSettings) -> frozenset[str]:
    """Only who wins, with completion none or add1."""
    electorate = gather(instance, profile, settings.utility)
    chain = TieChain(settings.ties, instance.projects, electorate.votes_by_id)
    arena = Arena(electorate, chain)
    raises = raise_shares(arena, settings)[0] if settings.completion in RAISING else 0
    bought, _ = arena.run(raises * (settings.increment or instance.unit))
    return frozenset(electorate.ids[place] for place in bought)


def told(instance: Instance, profile: Profile, settings: RuleSettings, raised_by: int) -> Telling:
    """The run of equal shares with so much on top of B/n, without any completion."""
    electorate = gather(instance, profile, settings.utility)
    chain = TieChain(settings.ties, instance.projects, electorate.votes_by_id)
    return tell(Arena(electorate, chain).tell(raised_by), Telling(electorate, settings))


def raise_shares(
    arena: Arena, settings: RuleSettings, progress: Progress | None = None
) -> tuple[int, str]:
    """The number of raises in the outcome that stands, and why raising ended there."""
    instance = arena.electorate.instance
    increment, budget = settings.increment or instance.unit, instance.budget_limit
    bought, work, raises = *arena.run(0), 0
    while True:
        if why := _ends(arena.electorate, settings.stop, bought):
            return raises, why
        if raises >= settings.most_runs:
            return raises, "cap_on_runs"
        if not arena.ways.is_compiled and compiling.is_worth_it(work):
            arena.lay_out(compiling.Compiled)
        following, more = arena.run((raises + 1) * increment, limit=budget)
        if sum(arena.costs[place] for place in following) > budget:
            return raises, "over_budget"
        bought, work, raises = following, work + more, raises + 1
        if progress is not None:
            progress(raises)


def _ends(electorate: Electorate, stop: Stop, places: list[int]) -> str | None:
    left = electorate.instance.budget_limit - sum(electorate.costs[place] for place in places)
    waiting = [electorate.costs[place] for place in waiting_places(electorate, places)]
    if not waiting:
        return "all_funded"
    return "nothing_more_fits" if stop is Stop.EXHAUSTIVE and min(waiting) > left else None


def tell(run: Told, telling: Telling) -> Telling:
    """Put an exact run into steps and reasons."""
    telling.ties.extend(run.ties)
    for bought in run.purchases:
        second = (bought.second[0], 1 / bought.second[1]) if bought.second else None
        telling.fund(bought.place, 1 / bought.rho, "funded", second, bought.ran_out)
    for place, fall in run.falls.items():
        score = 1 / fall.last_rho if fall.last_rho else None
        telling.fall(place, fall.step, fall.money, score)
    return telling
