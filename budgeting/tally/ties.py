"""Settles ties by a chain of links that is given before the count.

Links: ``cost`` (the least cost), ``votes`` (the most votes), ``id`` (the project id as a
string), ``lot:SEED`` (a lot drawn once for the whole count) and ``refuse`` (raise
``UnsettledTie``). Each link settles what the links before it left open; after the last
one the project id decides, so that hidden order never does.

The lot is the order of SHA-256("SEED:project id"): whoever knows the seed can redraw it,
and a seed whose hash was published before the first ballot cannot have been chosen to
suit anyone.
"""

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction

from budgeting.tally.election import Project
from budgeting.tally.outcome import TieMet
from budgeting.tally.settings import UnfitSettings

_PLAIN_LINKS = ("cost", "votes", "id", "refuse")


class UnsettledTie(ValueError):
    """Projects stood level and the chain says that a person must decide."""

    def __init__(self, project_ids: Sequence[str]) -> None:
        """Keep who stood level."""
        super().__init__(f"a tie is left open between {', '.join(project_ids)}")
        self.project_ids = tuple(project_ids)


def parse_chain(text: str) -> tuple[str, ...]:
    """Read "cost,votes,lot:SEED" into its links; unknown ones are refused."""
    links = tuple(link.strip() for link in text.split(",") if link.strip())
    for link in links:
        if link not in _PLAIN_LINKS and not (link.startswith("lot:") and len(link) > 4):
            raise UnfitSettings(
                f"unknown tie link {link!r}; known: cost, votes, id, lot:SEED, refuse"
            )
    return links if "id" in links or "refuse" in links else (*links, "id")


def lot_number(seed: str, project_id: str) -> str:
    """The lot a project draws; the lowest wins."""
    return hashlib.sha256(f"{seed}:{project_id}".encode()).hexdigest()


class TieChain:
    """The chain at work on the projects of one count."""

    def __init__(self, text: str, projects: Sequence[Project], votes: Mapping[str, int]) -> None:
        """Give every project its place under every link."""
        self.links = parse_chain(text)
        self.keys: dict[str, tuple[object, ...]] = {
            project.id: tuple(self._key(link, project, votes) for link in self.links)
            for project in projects
        }
        ordered = sorted(self.keys, key=lambda project_id: (self.keys[project_id], project_id))
        self.rank = {project_id: place for place, project_id in enumerate(ordered)}

    @staticmethod
    def _key(link: str, project: Project, votes: Mapping[str, int]) -> object:
        match link:
            case "cost":
                return project.cost
            case "votes":
                return -votes.get(project.id, 0)
            case "id":
                return project.id
            case "refuse":
                return 0
            case _:
                return lot_number(link.removeprefix("lot:"), project.id)

    def key_of(self, project: Project, votes: int) -> tuple[object, ...]:
        """What the chain would compare the project by if it had so many votes."""
        return tuple(self._key(link, project, {project.id: votes}) for link in self.links)

    def first(self, project_ids: Sequence[str]) -> str:
        """Who comes first of those who stand level."""
        chosen = min(project_ids, key=self.rank.__getitem__)
        if len(project_ids) > 1 and self.deciding_link(project_ids, chosen) == "refuse":
            raise UnsettledTie(sorted(project_ids))
        return chosen

    def deciding_link(self, project_ids: Sequence[str], chosen: str) -> str:
        """The link that set the chosen one apart from the last of the others."""
        rivals = [one for one in project_ids if one != chosen]
        return self.links[max(self._parted_at(chosen, rival) for rival in rivals)]

    def _parted_at(self, one: str, other: str) -> int:
        pairs = zip(self.keys[one], self.keys[other], strict=True)
        apart = (place for place, (mine, theirs) in enumerate(pairs) if mine != theirs)
        return next(apart, len(self.links) - 1)

    def settle(self, step: int, project_ids: Sequence[str], value: Fraction) -> TieMet:
        """Choose among those who stand level and keep how it was done."""
        chosen = self.first(project_ids)
        link = self.deciding_link(project_ids, chosen)
        return TieMet(step, tuple(sorted(project_ids)), value, link, chosen)
