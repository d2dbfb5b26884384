"""Was a group of voters neglected? The EJR+ check, which is polynomial.

EJR+ up to any project (Brill and Peters, "Robust and Verifiable Proportionality Axioms for
Multiwinner Voting", 2023), with cost as what a voter gets. A group of s voters who all
named an unfunded project p has a claim to s * B/n of the money. It is neglected if every
one of them, p included, would still get no more than that: what the funded projects on
their ballot cost, plus c(p), is at most s * B/n. Equal shares with utility cost never
neglects a group.

To find one it is enough to take, for each unfunded project, its supporters from those who
got least upwards.

Example (51/49): greedy funds 10 red projects. The 49 blue voters could claim 49 of the
100, got nothing, and a blue project costs 10: neglected.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from budgeting.tally.election import Instance, Profile
from budgeting.tally.electorate import Electorate, gather
from budgeting.tally.outcome import exact_text
from budgeting.vocabulary import Utility


@dataclass(frozen=True, slots=True)
class Neglected:
    """Voters who agree on an unfunded project and got less than their share.

    project_id  the project they all named
    voters      how many they are
    claim       their share of the money, smallest units
    most_got    the most that the funded projects on one of their ballots cost
    """

    project_id: str
    voters: int
    claim: Fraction
    most_got: int

    def to_json(self) -> dict[str, Any]:
        """Plain values for json.dumps."""
        return {
            "project_id": self.project_id,
            "voters": self.voters,
            "claim": exact_text(self.claim),
            "most_got": self.most_got,
        }


def check(instance: Instance, profile: Profile, winners: Sequence[str]) -> Neglected | None:
    """The group with most reason to complain, or None if nobody was neglected."""
    electorate = gather(instance, profile, Utility.CARDINALITY)
    chosen = {electorate.place_of[one] for one in winners}
    got = [
        sum(electorate.costs[place] for place, _ in electorate.supports(group) if place in chosen)
        for group in range(len(electorate.sizes))
    ]
    return most_neglected(electorate, winners, got)


def most_neglected(
    electorate: Electorate, winners: Sequence[str], got: Sequence[int]
) -> Neglected | None:
    """The neglected group that falls furthest short, given what each group of ballots got."""
    chosen = set(winners)
    worst: tuple[Fraction, str] | None = None
    found = None
    for place in electorate.candidates:
        if electorate.ids[place] in chosen:
            continue
        for short, group in _neglected_by(electorate, place, got):
            key = (short, group.project_id)
            if worst is None or key > worst:
                worst, found = key, group
    return found


def _neglected_by(
    electorate: Electorate, place: int, got: Sequence[int]
) -> list[tuple[Fraction, Neglected]]:
    """Every neglected group around one project, with how far it falls short."""
    share = Fraction(electorate.instance.budget_limit, max(1, electorate.voters))
    sizes: Counter[int] = Counter()
    for group, _ in electorate.supporters(place):
        sizes[got[group]] += int(electorate.sizes[group])
    voters, found = 0, []
    for most in sorted(sizes):
        voters += sizes[most]
        short = voters * share - most - electorate.costs[place]
        if short >= 0:
            group_ = Neglected(electorate.ids[place], voters, voters * share, most)
            found.append((short, group_))
    return found
