"""Second check: the rules are the ones that were published, and so are the ballots' projects."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from budgeting import canonical
from budgeting.ballotbox import bundle_layout as layout
from budgeting.rulebook import lots, rules
from budgeting.rulebook.rules import PotRule, Rulebook
from budgeting.rulebook.tally_settings import OnBallot
from budgeting.verify import reading
from budgeting.verify.reading import Files
from budgeting.verify.refused import FileUnlisted
from budgeting.verify.refused_rules import (
    FingerprintDiffers,
    LotSeedDiffers,
    PotUnknown,
    ProjectTwice,
)

MAY_STAND = {"least_oere": int, "area": str, "categories": list, "groups": list}


@dataclass(frozen=True)
class ListedProject:
    """A project as it stood on the ballot; the rest only where the rules read it."""

    id: str
    pot: str
    title: str
    cost_oere: int
    least_oere: int | None = None
    area: str | None = None
    categories: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What everything else is held against."""

    rulebook: Rulebook
    fingerprint: str
    lot_seed: str
    listed: Mapping[str, tuple[ListedProject, ...]]

    @property
    def pots(self) -> tuple[tuple[int, PotRule], ...]:
        """The pots that people voted about, each with its number in the rulebook."""
        return tuple(
            (number, pot)
            for number, pot in enumerate(self.rulebook.pots, start=1)
            if pot.name in self.listed
        )

    def on_ballot(self, pot: str) -> OnBallot:
        """What a pot's ballot adds to the rules of the count."""
        groups: dict[int, list[str]] = {}
        for project in self.listed[pot]:
            for number in project.groups:
                groups.setdefault(number, []).append(project.id)
        return OnBallot(
            pot=pot,
            accepts_partly=tuple(
                (one.id, one.least_oere) for one in self.listed[pot] if one.least_oere
            ),
            exclusive_groups=tuple(tuple(group) for group in groups.values()),
        )


def check(files: Files, wanted: str) -> Rules:
    """Return the rules whose fingerprint is the wanted one; raises a BundleRefused."""
    text = files.content(layout.RULEBOOK)
    with reading.shaped(layout.RULEBOOK):
        rulebook = rules.from_json(text.decode())
        if rules.to_json(rulebook).encode() != text:
            raise ValueError("not the rulebook's one form")
    found = canonical.fingerprint(text)
    if found != wanted:
        raise FingerprintDiffers(found=found, wanted=wanted)
    seed = files.record(layout.LOT, seed=str)["seed"]
    if lots.commitment(seed) != rulebook.lot_commitment:
        raise LotSeedDiffers
    return Rules(rulebook, found, seed, _listed(files, rulebook))


def check_no_more_files(files: Files, known: Rules) -> None:
    """Refuse files that no check looks at: nobody could say what they are."""
    expected = {*layout.OF_A_ROUND, layout.MANIFEST, layout.SIGNATURE, layout.DECISION}
    expected |= {
        layout.of_pot(number, name)
        for number, _ in known.pots
        for name in (*layout.OF_A_POT, *layout.OF_BALLOTS[known.rulebook.publication])
    }
    for name in sorted(files.names - expected):
        raise FileUnlisted(file=name)


def _listed(files: Files, rulebook: Rulebook) -> dict[str, tuple[ListedProject, ...]]:
    with reading.shaped(layout.BALLOT_LIST):
        spelled = canonical.decode(files.content(layout.BALLOT_LIST))
        lines = [_listed_project(one) for one in spelled]
    known = {pot.name for pot in rulebook.pots}
    seen: set[str] = set()
    found: dict[str, list[ListedProject]] = {}
    for project in lines:
        if project.id in seen:
            raise ProjectTwice(project=project.id)
        if project.pot not in known:
            raise PotUnknown(pot=project.pot)
        seen.add(project.id)
        found.setdefault(project.pot, []).append(project)
    return {pot: tuple(projects) for pot, projects in found.items()}


def _listed_project(spelled: Any) -> ListedProject:
    line = reading.record_with(MAY_STAND, spelled, id=str, pot=str, title=str, cost_oere=int)
    for several, kind in (("categories", str), ("groups", int)):
        if any(type(one) is not kind for one in line.get(several, ())):
            raise ValueError("a list of something else")
        line[several] = tuple(line.get(several, ()))
    return ListedProject(**line)
