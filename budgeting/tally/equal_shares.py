"""Equal shares: every voter gets an equal share of the money and spends it on projects.

Method of Equal Shares (Peters, Pierczynski, Skowron, NeurIPS 2021, arXiv 2008.13276).
Every voter starts with b = B/n. For each project that its supporters can pay, rho is the
least number with: sum over supporters of min(b_i, rho * u_i) = cost. The project with the
least rho is bought, each supporter pays min(b_i, rho * u_i), and so on until no project
can be paid. With utility ``cost``, 1/rho is the effective number of votes.

Completion ``add1`` runs again and again with a little more money per voter, until the
outcome would cost more than B; the outcome before that one stands.

Example (51/49): 10 red and 10 blue projects of cost 10, B = 100, 51 ballots for all red
and 49 for all blue. The reds can pay 51 and the blues 49: 5 red and 4 blue are bought.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from budgeting.tally.election import Instance, Profile
from budgeting.tally.electorate import Electorate, gather
from budgeting.tally.outcome import Outcome, Reason, Step, TieMet
from budgeting.tally.settings import RuleSettings, UnfitSettings
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import Completion, ReasonKind, Stop


@dataclass(frozen=True, slots=True)
class Purchase:
    """One project bought: the place of the project, rho, and who came second."""

    place: int
    rho: Fraction
    ran_out: int
    second: tuple[int, Fraction] | None


@dataclass(frozen=True, slots=True)
class Fall:
    """A project whose supporters could no longer pay: when, their money, its last rho."""

    step: int
    money: Fraction
    last_rho: Fraction | None


@dataclass
class Run:
    """One run from a first balance to the end."""

    purchases: list[Purchase] = field(default_factory=list)
    falls: dict[int, Fall] = field(default_factory=dict)
    ties: list[TieMet] = field(default_factory=list)

    @property
    def places(self) -> list[int]:
        """The places of what was bought, in order."""
        return [purchase.place for purchase in self.purchases]


def count(instance: Instance, profile: Profile, settings: RuleSettings) -> Outcome:
    """Count by equal shares with the completion of the settings."""
    electorate = gather(instance, profile, settings.utility)
    chain = TieChain(settings.ties, instance.projects, electorate.votes_by_id)
    if settings.completion is Completion.NONE:
        return _outcome(electorate, settings, run(electorate, chain, 0), None, "no_one_can_pay")
    if settings.completion is not Completion.ADD1:
        raise UnfitSettings(f"the completion {settings.completion} is not built yet")
    return _add1(electorate, settings, chain)


def run(electorate: Electorate, chain: TieChain, extra: int) -> Run:
    """One run in which every voter starts with B/n + extra."""
    budget = electorate.instance.budget_limit
    start = Fraction(budget, max(1, electorate.voters)) + extra
    balances = [start] * len(electorate.groups)
    standing = {
        place
        for place, cost in enumerate(electorate.costs)
        if cost <= budget and electorate.strength[place]
    }
    told, last_rho = Run(), dict[int, Fraction]()
    while True:
        rho = _prices(electorate, balances, standing, told, last_rho)
        if not rho:
            return told
        place = _choose(electorate, chain, rho, told)
        others = sorted((value, one) for one, value in rho.items() if one != place)
        ran_out = _pay(electorate, balances, place, rho[place])
        second = (others[0][1], others[0][0]) if others else None
        told.purchases.append(Purchase(place, rho[place], ran_out, second))
        standing.discard(place)
        last_rho.update(rho)


def _prices(
    electorate: Electorate,
    balances: list[Fraction],
    standing: set[int],
    told: Run,
    last_rho: dict[int, Fraction],
) -> dict[int, Fraction]:
    """rho of every project its supporters can pay; the others fall."""
    found = {}
    for place in sorted(standing):
        backing = electorate.supporters[place]
        money = sum((electorate.groups[one].size * balances[one] for one, _ in backing), Fraction())
        if money < electorate.costs[place]:
            fall = Fall(len(told.purchases), money, last_rho.get(place))
            told.falls[place] = fall
            standing.discard(place)
        else:
            found[place] = _rho(electorate, balances, place)
    return found


def _rho(electorate: Electorate, balances: list[Fraction], place: int) -> Fraction:
    """The least rho that pays the project: the poorest per level give all they have."""
    backing = sorted(
        (balances[one] / level, one, level) for one, level in electorate.supporters[place]
    )
    missing = Fraction(electorate.costs[place])
    levels = electorate.strength[place]
    for ratio, one, level in backing:
        if ratio * levels >= missing:
            break
        missing -= electorate.groups[one].size * balances[one]
        levels -= electorate.groups[one].size * level
    return missing / levels / electorate.factors[place]


def _choose(electorate: Electorate, chain: TieChain, rho: dict[int, Fraction], told: Run) -> int:
    least = min(rho.values())
    level = [electorate.ids[place] for place, value in rho.items() if value == least]
    if len(level) == 1:
        return electorate.ids.index(level[0])
    tie = chain.settle(len(told.purchases) + 1, level, 1 / least)
    told.ties.append(tie)
    return electorate.ids.index(tie.chosen)


def _pay(electorate: Electorate, balances: list[Fraction], place: int, rho: Fraction) -> int:
    """Take the payments and count the voters who ran out."""
    ran_out = 0
    for one, level in electorate.supporters[place]:
        price = rho * level * electorate.factors[place]
        if 0 < balances[one] <= price:
            ran_out += electorate.groups[one].size
        balances[one] = max(Fraction(), balances[one] - price)
    return ran_out


def _add1(electorate: Electorate, settings: RuleSettings, chain: TieChain) -> Outcome:
    """Raise every voter's money step by step; the last outcome within the limit stands."""
    increment = settings.increment or electorate.instance.unit
    told, raises = run(electorate, chain, 0), 0
    while True:
        if why := _ends(electorate, settings.stop, told):
            return _outcome(electorate, settings, told, raises, why)
        if raises >= settings.most_runs:
            return _outcome(electorate, settings, told, raises, "cap_on_runs")
        following = run(electorate, chain, (raises + 1) * increment)
        if _cost(electorate, following) > electorate.instance.budget_limit:
            return _outcome(electorate, settings, told, raises, "over_budget")
        told, raises = following, raises + 1


def _ends(electorate: Electorate, stop: Stop, told: Run) -> str | None:
    bought = set(told.places)
    left = electorate.instance.budget_limit - _cost(electorate, told)
    waiting = [
        cost
        for place, cost in enumerate(electorate.costs)
        if place not in bought
        and electorate.strength[place]
        and cost <= electorate.instance.budget_limit
    ]
    if not waiting:
        return "all_funded"
    return "nothing_more_fits" if stop is Stop.EXHAUSTIVE and min(waiting) > left else None


def _cost(electorate: Electorate, told: Run) -> int:
    return sum(electorate.costs[place] for place in told.places)


def _outcome(
    electorate: Electorate, settings: RuleSettings, told: Run, raises: int | None, why: str
) -> Outcome:
    ids, budget = electorate.ids, electorate.instance.budget_limit
    total = _cost(electorate, told)
    steps = _steps(electorate, told)
    return Outcome(
        winners=tuple(ids[place] for place in told.places),
        total_cost=total,
        budget_limit=budget,
        left=budget - total,
        voters=electorate.voters,
        steps=steps,
        reasons={ids[place]: _reason(electorate, told, steps, place) for place in range(len(ids))},
        ties=tuple(told.ties),
        settings=settings,
        increments=raises,
        stopped_by=why,
        remarks=("cap_on_runs_reached",) if why == "cap_on_runs" else (),
    )


def _steps(electorate: Electorate, told: Run) -> tuple[Step, ...]:
    left, steps = electorate.instance.budget_limit, []
    for number, bought in enumerate(told.purchases, start=1):
        cost = electorate.costs[bought.place]
        second = bought.second
        steps.append(
            Step(
                number=number,
                project_id=electorate.ids[bought.place],
                note="funded",
                score=1 / bought.rho,
                cost=cost,
                left_before=left,
                left_after=left - cost,
                runner_up=electorate.ids[second[0]] if second else None,
                runner_up_score=1 / second[1] if second else None,
                ran_out=bought.ran_out,
            )
        )
        left -= cost
    return tuple(steps)


def _reason(electorate: Electorate, told: Run, steps: tuple[Step, ...], place: int) -> Reason:
    project_id, cost = electorate.ids[place], electorate.costs[place]
    tie = next((one for one in reversed(told.ties) if project_id in one.project_ids), None)
    shared = {
        "project_id": project_id,
        "votes": electorate.votes[place],
        "cost": cost,
        "tied_with": tuple(one for one in tie.project_ids if one != project_id) if tie else (),
        "tie_link": tie.link if tie else None,
    }
    mine = next((step for step in steps if step.project_id == project_id), None)
    if mine is not None:
        return Reason(
            kind=ReasonKind.FUNDED,
            score=mine.score,
            position=mine.number,
            step=mine.number,
            left_before=mine.left_before,
            granted=cost,
            **shared,
        )
    fall = told.falls.get(place)
    if fall is None:
        barred = cost > electorate.instance.budget_limit and electorate.strength[place]
        kind = ReasonKind.DEARER_THAN_POT if barred else ReasonKind.NO_SUPPORT
        return Reason(kind=kind, score=None, position=None, step=None, left_before=None, **shared)
    lost = tie is not None and tie.step == fall.step and tie.chosen != project_id
    return Reason(
        kind=ReasonKind.LOST_TIE if lost else ReasonKind.TOO_LITTLE_SUPPORT,
        score=1 / fall.last_rho if fall.last_rho else None,
        position=None,
        step=fall.step,
        left_before=steps[-1].left_after if steps else electorate.instance.budget_limit,
        supporters_money=fall.money,
        missing=ceil(cost - fall.money),
        **shared,
    )
