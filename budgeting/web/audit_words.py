"""How the log's deeds and their details are told in words.

Every deed that is recorded anywhere in the house has its words here; a test sees to it.
"""

import json
from collections.abc import Iterator

from flask_babel import gettext

from budgeting.models import AuditEvent
from budgeting.vocabulary import N_, ScreeningOutcome
from budgeting.web import formats
from budgeting.web.admin import parts

DEEDS = {
    "adopt_result": N_("Byrådets beslutning er skrevet ind"),
    "board_altered": N_("Alarm: stemmeurnens liste er ændret"),
    "count_ballots": N_("Stemmerne er talt op"),
    "create_round": N_("Runden er oprettet"),
    "create_staff": N_("En medarbejder har fået adgang"),
    "finish_screening": N_("Vurderingen er afsluttet"),
    "import_election": N_("En afstemning er hentet ind fra en fil"),
    "keep_municipality": N_("Kommunens oplysninger er rettet"),
    "keep_roll": N_("Valglisten er ændret"),
    "make_officer_key": N_("Nøglen til stemmeurnen er lavet eller prøvet"),
    "open_round": N_("Runden er åbnet, og spillereglerne er låst"),
    "publish_result": N_("Resultatet er offentliggjort"),
    "screen_proposal": N_("Et forslag har fået svar"),
    "seal_ballot_box": N_("Stemmeurnen er lukket og forseglet"),
    "set_up_round": N_("Runden er rettet"),
}
DETAILS = {
    "account": N_("medarbejder nr."),
    "added": N_("lagt ind"),
    "ballot_list": N_("stemmesedlens fingeraftryk"),
    "ballots": N_("stemmesedler"),
    "ballots_out": N_("stemmesedler ud"),
    "codes_made": N_("koder lavet"),
    "codes_voided": N_("koder annulleret"),
    "departures": N_("fravigelser"),
    "envelopes_in": N_("kuverter ind"),
    "file": N_("fil nr."),
    "fingerprint": N_("fingeraftryk"),
    "key": N_("nøgle"),
    "outcome": N_("svar"),
    "part": N_("del"),
    "pot": N_("pulje"),
    "projects": N_("projekter"),
    "proposal": N_("forslag nr."),
    "refused": N_("afvist"),
    "removed": N_("fjernet"),
    "tested": N_("prøvet nøgle"),
    "updated": N_("rettet"),
}
LONGEST_FINGERPRINT = 16
HASH_SIGNS = 64

    "pair": N_("prøvet sammen"),

def deed(name: str) -> str:
    """Return a deed in words; one that an older version of the house knew keeps its name."""
    return gettext(DEEDS[name]) if name in DEEDS else name


def details(event: AuditEvent) -> str:
    """Return an event's details in one line: ``kuverter ind: 5, stemmesedler ud: 5``."""
    try:
        spelled = json.loads(event.details)
    except ValueError:
        return event.details
    return ", ".join(_told(spelled)) if isinstance(spelled, dict) else event.details


def _told(spelled: dict[str, object]) -> Iterator[str]:
    for name, value in spelled.items():
        if value is not None:
            word = gettext(DETAILS[name]) if name in DETAILS else name
            yield f"{word}: {_value(name, value)}"


def _value(name: str, value: object) -> str:
    if name == "part" and value in parts.PAGES:
        return gettext(next(page.title for part, page in parts.PAGES.items() if part == value))
    if name == "outcome" and value in set(ScreeningOutcome):
        return gettext(ScreeningOutcome(str(value)).label).lower()
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.number(value)
    text = str(value)
    return f"{text[:LONGEST_FINGERPRINT]}…" if len(text) == HASH_SIGNS else text
