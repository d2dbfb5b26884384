"""What other rules would have made of the same ballots: for comparison, never for decision.

It was worked out when the votes were counted (``beside_the_count``); here it is only read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from budgeting.services.results import PotResult
from budgeting.tally import RuleSettings


@dataclass(frozen=True)
class Neglected:
    """A group that agreed on an unfunded project and got less than its share of the money."""

    title: str
    voters: int
    claim_oere: int
    most_got_oere: int


@dataclass(frozen=True)
class Alternative:
    """One rule's answer and what it means for people; ``is_chosen`` is the rulebook's own.

    ``coarse_raise_oere`` is by how much the shares were raised, where it was more than the
    rules would have raised them; ``clashing`` are titles that exclude each other by the rules.
    """

    settings: RuleSettings
    titles: list[str]
    in_part: list[str]
    clashing: list[list[str]]
    total_cost_oere: int
    left_oere: int
    reserve_oere: int
    coarse_raise_oere: int | None
    share_with_one: Fraction
    mean_funded_oere: int
    by_area: list[tuple[str, Fraction]]
    neglected: Neglected | None
    is_chosen: bool


def of(result: PotResult) -> list[Alternative]:
    """Return the pot's own outcome first, then the others; empty where none were worked out."""
    rows = result.count.comparison or []
    return [_read(result, row, is_chosen=number == 0) for number, row in enumerate(rows)]


def _read(result: PotResult, row: dict[str, Any], *, is_chosen: bool) -> Alternative:
    areas = row["by_area"].items()
    left = result.outcome.budget_limit - row["total_cost"]
    return Alternative(
        settings=RuleSettings.from_json(row["settings"]),
        titles=_titles(result, row["winners"]),
        in_part=_titles(result, row.get("granted_in_part", ())),
        clashing=_clashing(result, row["winners"]),
        total_cost_oere=row["total_cost"],
        left_oere=max(0, left),
        reserve_oere=max(0, -left),
        coarse_raise_oere=row.get("coarse_raise"),
        share_with_one=Fraction(row["share_with_one"]),
        mean_funded_oere=int(Fraction(row["mean_funded_cost"])),
        by_area=sorted(((name, Fraction(share)) for name, share in areas), key=lambda one: -one[1]),
        neglected=_neglected(result, row["neglected"]),
        is_chosen=is_chosen,
    )


def _titles(result: PotResult, ballot_ids: Collection[str]) -> list[str]:
    return [one.title for one in result.projects if one.ballot_id in ballot_ids]


def _clashing(result: PotResult, winners: Collection[str]) -> list[list[str]]:
    """Return the titles of funded projects that the round's rules would not have funded together."""
    groups = result.outcome.settings.greedy.exclusive_groups
    together = ([one for one in group if one in winners] for group in groups)
    return [_titles(result, both) for both in together if len(both) > 1]


def _neglected(result: PotResult, row: dict[str, Any] | None) -> Neglected | None:
    if not row:
        return None
    return Neglected(
        title=result.project_by_ballot_id[row["project_id"]].title,
        voters=row["voters"],
        claim_oere=int(Fraction(row["claim"])),
        most_got_oere=row["most_got"],
    )
