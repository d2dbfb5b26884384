"""Runs every check in its order, and tells what held."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from budgeting.tally import Outcome
from budgeting.verify import (
    ballot_checks,
    board_checks,
    count_checks,
    decision_checks,
    group_checks,
    manifests,
    number_checks,
    rule_checks,
    unpacking,
)
from budgeting.verify.key_checks import Changed, Place
from budgeting.verify.manifests import Manifest
from budgeting.verify.number_checks import Numbers
from budgeting.verify.reading import Files
from budgeting.verify.refused import CheckStopped
from budgeting.verify.refused_rules import FingerprintDiffers
from budgeting.verify.rule_checks import Rules
from budgeting.vocabulary import N_, Publication

FILE, SIGNATURE, RULES, BOARD, NUMBERS, BALLOTS, COUNT, DECISION = (
    N_("Filen"),
    N_("Underskriften"),
    N_("Spillereglerne"),
    N_("Stemmeurnens liste"),
    N_("Tallene"),
    N_("Stemmesedlerne"),
    N_("Optællingen"),
    N_("Byrådets beslutning"),
)

NOT_COUNTED = N_(
    "„%(pot)s“: stemmesedlerne er ikke offentliggjort, så optællingen kan ikke laves om her."
)

KEY_CHANGED = N_(
    "„%(pot)s“: kommunen har skiftet nøgle %(when)s, efter underskrift nr. %(number)s. Listen er "
    "vokset videre fra den. Den gamle nøgle er %(old)s, den nye er %(new)s."
)

ODDITIES = (ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Kept:
    """What the reader knows from elsewhere; the more, the less has to be believed."""

    key: str | None = None
    fingerprint: str | None = None
    heads: Mapping[str, Sequence[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """A check that held: which step, and in a sentence what was checked, or what cannot be.

    A warning holds, and asks the reader to look into it all the same.
    """

    step: str
    sentence: str
    values: Mapping[str, object]
    is_checked: bool = True
    is_warning: bool = False


class Checking:
    """One run through a bundle; ``step`` tells how far it has come."""

    def __init__(self, file: Path, kept: Kept | None = None) -> None:
        """Say which bundle, and what the reader has kept."""
        self.file = file
        self.kept = kept or Kept()
        self.step = FILE

    def run(self) -> Iterator[Held]:
        """Yield each check that holds; raises a BundleRefused at the first that does not."""
        try:
            yield from self._checks()
        except ODDITIES:
            raise CheckStopped from None

    def _checks(self) -> Iterator[Held]:
        files = Files(unpacking.unpack(self.file))
        manifest = manifests.check_files(files)
        yield self._held(
            N_("„%(title)s“: alle %(count)s filer er dem, der står på fortegnelsen."),
            title=manifest.title,
            count=len(manifest.files),
        )
        self.step = SIGNATURE
        manifests.check_signature(files, manifest, self.kept.key)
        yield self._held(N_("Skrevet under med nøglen %(key)s."), key=manifest.key.hex())
        self.step = RULES
        known = self._rules(files, manifest)
        yield self._held(
            N_("Fingeraftrykket er %(fingerprint)s, og lodtrækningens tal lå fast på forhånd."),
            fingerprint=known.fingerprint,
        )
        yield from self._pots(files, manifest, known)

    def _rules(self, files: Files, manifest: Manifest) -> Rules:
        wanted = self.kept.fingerprint
        if wanted is not None and wanted != manifest.rulebook:
            raise FingerprintDiffers(found=manifest.rulebook, wanted=wanted)
        known = rule_checks.check(files, manifest.rulebook)
        rule_checks.check_no_more_files(files, known)
        return known

    def _pots(self, files: Files, manifest: Manifest, known: Rules) -> Iterator[Held]:
        self.step = NUMBERS
        numbers = number_checks.read(files, known)
        outcomes: dict[str, Outcome] = {}
        for number, pot in known.pots:
            self.step = BOARD
            place = Place(number, pot.name, known.fingerprint, manifest.key)
            found = board_checks.check(files, place, self.kept.heads.get(pot.name, ()))
            yield self._held(
                N_("„%(pot)s“: %(entries)s kuverter og %(heads)s underskrifter passer sammen."),
                pot=pot.name,
                entries=found.entries,
                heads=found.heads + found.kept,
            )
            yield from (self._changed(pot.name, one) for one in found.changed)
            yield self._numbers(numbers[pot.name], found.entries)
            if known.rulebook.publication is Publication.FULL:
                outcomes[pot.name] = yield from self._ballots(files, known, number, numbers)
            else:
                outcomes[pot.name] = yield from self._without_ballots(files, known, number, numbers)
        yield from self._decision(files, known, outcomes)

    def _changed(self, pot: str, changed: Changed) -> Held:
        values = {
            "pot": pot,
            "when": changed.when.strftime("%Y-%m-%d %H:%M UTC"),
            "number": changed.number,
            "old": changed.old_key.hex(),
            "new": changed.new_key.hex(),
        }
        return Held(self.step, KEY_CHANGED, values, is_warning=True)

    def _ballots(
        self, files: Files, known: Rules, number: int, numbers: Mapping[str, Numbers]
    ) -> Generator[Held, None, Outcome]:
        self.step = BALLOTS
        pot = known.rulebook.pots[number - 1].name
        election = ballot_checks.check(files, known, number, numbers[pot])
        yield self._held(
            N_("„%(pot)s“: alle %(count)s stemmesedler følger spillereglerne."),
            pot=pot,
            count=len(election.profile.ballots),
        )
        self.step = COUNT
        outcome = count_checks.check(files, known, number, election)
        yield self._held(
            N_("„%(pot)s“: en ny optælling giver nøjagtig det samme. Vindere: %(winners)s."),
            pot=pot,
            winners=", ".join(outcome.winners) or "-",
        )
        return outcome

    def _without_ballots(
        self, files: Files, known: Rules, number: int, numbers: Mapping[str, Numbers]
    ) -> Generator[Held, None, Outcome]:
        """Check what is there, and say what nobody but the municipality can check."""
        self.step = BALLOTS
        pot = known.rulebook.pots[number - 1].name
        in_groups = group_checks.check(files, known, number, numbers[pot])
        if known.rulebook.publication is Publication.GROUPED:
            yield self._held(
                N_("„%(pot)s“: %(count)s stemmesedler står i grupper, og tallene passer sammen."),
                pot=pot,
                count=in_groups,
            )
        self.step = COUNT
        outcome = group_checks.outcome(files, number)
        yield Held(self.step, NOT_COUNTED, {"pot": pot}, is_checked=False)
        return outcome

    def _numbers(self, said: Numbers, entries: int) -> Held:
        self.step = NUMBERS
        number_checks.check(said, entries)
        return self._held(
            N_(
                "„%(pot)s“: %(on_roll)s kunne stemme, %(entries)s kuverter er lagt i, "
                "%(opened)s åbnet, %(valid)s gyldige."
            ),
            pot=said.pot,
            on_roll=said.on_roll,
            entries=entries,
            opened=said.envelopes_in,
            valid=said.ballots_valid,
        )

    def _decision(
        self, files: Files, known: Rules, outcomes: Mapping[str, Outcome]
    ) -> Iterator[Held]:
        self.step = DECISION
        departures = decision_checks.check(files, known, outcomes)
        if departures is not None:
            yield self._held(
                N_("Alle projekter er med. Byrådet fraviger afstemningen om %(count)s af dem."),
                count=departures,
            )

    def _held(self, sentence: str, **values: object) -> Held:
        return Held(self.step, sentence, values)
