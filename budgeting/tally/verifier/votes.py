"""The ballots as the verifier reads them, on its own: utilities, votes, tie chain."""

import hashlib
from collections import Counter
from typing import Any

from budgeting.tally.pabulib import Election
from budgeting.tally.verifier.claims import Rejected


class Votes:
    """Costs, and every different ballot with how often it was cast and its utilities."""

    def __init__(self, election: Election, utility: str) -> None:
        """Read the ballots for one utility."""
        self.election = election
        self.is_by_cost = utility == "cost" or utility.endswith("-cost")
        self.budget = election.instance.budget_limit
        self.cost = {project.id: project.cost for project in election.instance.projects}
        self.voters = len(election.profile.ballots)
        cast = Counter((one.choices, one.points) for one in election.profile.ballots)
        self.ballots = list(cast)
        self.many = [cast[ballot] for ballot in self.ballots]
        self.utilities = [self._utilities(*ballot, utility) for ballot in self.ballots]
        self.votes: Counter[str] = Counter()
        for (choices, points), many in cast.items():
            for at, one in enumerate(choices):
                self.votes[one] += many if points is None or points[at] else 0
        self.backers: dict[str, list[int]] = {one: [] for one in self.cost}
        for number, worth in enumerate(self.utilities):
            for one in worth:
                self.backers[one].append(number)

    def _utilities(
        self, choices: tuple[str, ...], points: tuple[int, ...] | None, utility: str
    ) -> dict[str, int]:
        kind = "cardinality" if utility == "cost" else utility.removesuffix("-cost")
        worth = {}
        for at, one in enumerate(choices):
            own = self._level(kind, at, len(choices), None if points is None else points[at])
            if own:
                worth[one] = own * (self.cost[one] if self.is_by_cost else 1)
        return worth

    def _level(self, kind: str, at: int, length: int, points: int | None) -> int:
        match kind:
            case "cardinality":
                return 1 if points is None else int(points > 0)
            case "points":
                return points or 0
            case "borda":
                return len(self.cost) - at
            case "borda-length":
                return length - at - 1
            case _:
                raise Rejected(0, f"unknown utility {kind!r}")

    def total(self, project_id: str) -> int:
        """The total utility of a project."""
        backing = self.backers[project_id]
        return sum(self.many[one] * self.utilities[one][project_id] for one in backing)

    @property
    def candidates(self) -> list[str]:
        """Who may be funded at all."""
        return [one for one, cost in self.cost.items() if cost <= self.budget and self.backers[one]]


class Chain:
    """The tie chain, read and applied on its own."""

    def __init__(self, text: str, votes: Votes) -> None:
        """Read the links; the project id settles what they leave open."""
        self.links = [link.strip() for link in text.split(",") if link.strip()]
        if "id" not in self.links and "refuse" not in self.links:
            self.links.append("id")
        self.votes = votes

    def key(self, project_id: str) -> tuple[Any, ...]:
        """Where a project stands under every link; the least comes first."""
        return tuple(self._key(link, project_id) for link in self.links)

    def _key(self, link: str, project_id: str) -> Any:
        if link == "cost":
            return self.votes.cost[project_id]
        if link == "votes":
            return -self.votes.votes[project_id]
        if link.startswith("lot:"):
            return hashlib.sha256(f"{link[4:]}:{project_id}".encode()).hexdigest()
        return 0 if link == "refuse" else project_id

    def order(self, project_ids: Any) -> list[str]:
        """Projects that stand level, the first of them in front."""
        return sorted(project_ids, key=lambda one: (self.key(one), one))

    def tie(self, step: int, project_ids: Any, value: str) -> dict[str, Any]:
        """What a certificate must say of a tie."""
        chosen, *others = self.order(project_ids)
        mine = self.key(chosen)
        apart = [
            next((at for at, part in enumerate(self.key(one)) if part != mine[at]), -1)
            for one in others
        ]
        return {
            "step": step,
            "project_ids": sorted(project_ids),
            "value": value,
            "link": self.links[max(apart)],
            "chosen": chosen,
        }


def fingerprint(election: Election) -> str:
    """SHA-256 of projects and ballots, as ``certificates.fingerprint`` defines it."""
    instance, profile = election.instance, election.profile
    rows = []
    for ballot in profile.ballots:
        if ballot.points is not None:
            pairs = sorted(zip(ballot.choices, ballot.points, strict=True))
            rows.append(",".join(a for a, _ in pairs) + ";" + ",".join(str(b) for _, b in pairs))
        elif profile.ballot_type == "ordinal":
            rows.append(",".join(ballot.choices) + ";")
        else:
            rows.append(",".join(sorted(ballot.choices)) + ";")
    projects = sorted(instance.projects, key=lambda one: one.id)
    lines = [f"{instance.budget_limit}/{instance.unit}", str(profile.ballot_type)]
    lines += [f"{one.id};{one.cost};{one.area};{','.join(one.categories)}" for one in projects]
    lines += [f"{many};{row}" for row, many in sorted(Counter(rows).items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
