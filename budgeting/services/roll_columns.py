"""Which column of a roll is which: guessed from its headings, and chosen by the admin."""

import re
from collections.abc import Mapping, Sequence

from budgeting.services import roll_refusals as refused
from budgeting.services.places_and_pots import same_name
from budgeting.vocabulary import N_

Columns = Mapping[str, int]

NAMES = {
    "number": N_("Nummer"),
    "birth_date": N_("Fødselsdato"),
    "area": N_("Lokalområde"),
    "name": N_("Navn"),
    "street": N_("Adresse"),
    "town": N_("Postnummer og by"),
}
EXPECTED = ("number", "birth_date", "area")
_HEADINGS = {
    "number": "nummer nr id løbenummer løbenr vælgernummer vælgernr number "
    "cpr cprnr cprnummer personnummer",
    "birth_date": "fødselsdato foedselsdato fødselsdag født fødtden birthdate dateofbirth dob",
    "area": "område omraade lokalområde lokalråd bydel distrikt landsby area district",
    "name": "navn fuldenavn fuldtnavn name fullname modtager",
    "street": "adresse vejadresse vej gade street address",
    "town": "postnummerogby postnrogby postnrby postby by town city",
}
GUESSES = {heading: name for name, known in _HEADINGS.items() for heading in known.split()}
NOT_A_HEADING = re.compile(r"[\d\s./-]*\d[\d\s./-]*")


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Return the columns whose headings are known; one that is met twice is left to the admin."""
    refuse_without_headings(headings)
    known = [GUESSES.get(_folded(heading)) for heading in headings]
    return {name: known.index(name) for name in NAMES if known.count(name) == 1}


def is_certain(columns: Columns, headings: Sequence[str]) -> bool:
    """Whether nobody needs to look: everything expected is there, and nothing twice."""
    known = [GUESSES.get(_folded(heading)) for heading in headings]
    return all(name in columns for name in EXPECTED) and all(
        known.count(name) <= 1 for name in NAMES
    )


def refuse_without_headings(headings: Sequence[str]) -> None:
    """Refuse a table whose first line is a person: that person would be lost."""
    if not any(headings):
        raise refused.NoVoters()
    if any(NOT_A_HEADING.fullmatch(heading) for heading in headings):
        raise refused.HeadingsMissing()


def refuse_unless_usable(columns: Columns) -> None:
    """Refuse a choice without numbers, or with one column used for two things."""
    if "number" not in columns:
        raise refused.ColumnMissing(column=NAMES["number"].lower())
    if len(set(columns.values())) < len(columns):
        raise refused.ColumnTwice()


def _folded(heading: str) -> str:
    return re.sub(r"[^\wæøå]|_", "", same_name(heading))
