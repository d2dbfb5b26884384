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
    "board_key_unknown": N_("Alarm: stemmeurnens liste er skrevet under med en anden nøgle"),
    "change_password": N_("En medarbejder har skiftet adgangskode"),
    "change_roles": N_("En medarbejder har fået andre roller"),
    "choose_password": N_("En medarbejder har valgt adgangskode"),
    "close_account": N_("En medarbejders adgang er lukket"),
    "confirm_sealing": N_("Forseglingen er bekræftet af én"),
    "count_ballots": N_("Stemmerne er talt op"),
    "create_round": N_("Runden er oprettet"),
    "destroy_ballot_box": N_("Kuverter og nøgler er destrueret"),
    "create_staff": N_("En medarbejder har fået adgang"),
    "export_ballot_box": N_("De forseglede kuverter er hentet til åbning på en anden computer"),
    "finish_screening": N_("Vurderingen er afsluttet"),
    "group_projects": N_("Projekter, der udelukker hinanden, er valgt"),
    "guessing_alarm": N_("Alarm: mange forkerte koder"),
    "import_election": N_("En afstemning er hentet ind fra en fil"),
    "invite_staff": N_("En medarbejder er inviteret"),
    "keep_municipality": N_("Kommunens oplysninger er rettet"),
    "keep_roll": N_("Valglisten er ændret"),
    "keys_swapped": N_("Alarm: nøglerne er ikke dem, spillereglerne lover"),
    "make_officer_key": N_("Nøglen til stemmeurnen er lavet eller prøvet"),
    "make_recovery_codes": N_("En medarbejder har lavet nye nødkoder"),
    "make_second_factor": N_("En medarbejder har taget sin telefon i brug"),
    "mark_paper_vote": N_("En papirstemme er krydset af"),
    "openings_differ": N_("Alarm: to åbninger af urnen giver ikke det samme"),
    "open_ballot_box": N_("Stemmeurnen er åbnet"),
    "open_round": N_("Runden er åbnet, og spillereglerne er låst"),
    "publish_result": N_("Resultatet er offentliggjort"),
    "replace_board_key": N_("Nøglen til underskrifter på stemmeurnens liste er skiftet"),
    "reset_second_factor": N_("En medarbejders telefon er nulstillet"),
    "screen_proposal": N_("Et forslag har fået svar"),
    "seal_ballot_box": N_("Stemmeurnen er lukket og forseglet"),
    "second_opening": N_("En anden åbning af urnen giver det samme"),
    "send_password_link": N_("En medarbejder har fået et link til ny adgangskode"),
    "set_up_round": N_("Runden er rettet"),
    "tie_staff_identity": N_("En medarbejder er kommet ind med kommunens login første gang"),
    "use_recovery_code": N_("En medarbejder har brugt en nødkode"),
}
DETAILS = {
    "account": N_("medarbejder nr."),
    "added": N_("lagt ind"),
    "ballot_list": N_("stemmesedlens fingeraftryk"),
    "ballots": N_("stemmesedler"),
    "ballots_out": N_("stemmesedler ud"),
    "board": N_("linjer på urnens liste"),
    "codes_made": N_("koder lavet"),
    "codes_voided": N_("koder annulleret"),
    "departures": N_("fravigelser"),
    "envelopes": N_("kuverter"),
    "envelopes_in": N_("kuverter ind"),
    "file": N_("fil nr."),
    "fingerprint": N_("fingeraftryk"),
    "key": N_("nøgle"),
    "new_key": N_("ny nøgle"),
    "old_key": N_("gammel nøgle"),
    "letters_tried": N_("breve prøvet"),
    "on_paper": N_("på papir"),
    "opened_elsewhere": N_("åbnet på en anden computer, fingeraftryk"),
    "outcome": N_("svar"),
    "pair": N_("prøvet sammen"),
    "part": N_("del"),
    "pot": N_("pulje"),
    "projects": N_("projekter"),
    "proposal": N_("forslag nr."),
    "refused": N_("afvist"),
    "removed": N_("fjernet"),
    "replaced": N_("kuverter taget ud"),
    "tested": N_("prøvet nøgle"),
    "updated": N_("rettet"),
}
LONGEST_FINGERPRINT = 16
HASH_SIGNS = 64


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
