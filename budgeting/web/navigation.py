"""Which work pages stand in the main menu, by role."""

from flask import current_app, request, url_for
from flask_babel import gettext
from flask_login import current_user

from budgeting.vocabulary import N_, Role

WORK_PAGES = (
    (Role.CITIZEN, "citizen.proposals_mine", N_("Mine forslag")),
    (Role.CASEWORKER, "caseworker.queue_index", N_("Sagsbehandling")),
    (Role.ADMIN, "admin.rounds_index", N_("Klargør og styr runder")),
    (Role.OFFICER, "officer.rounds_index", N_("Nøgleperson")),
    (Role.COUNCIL, "council.rounds_index", N_("Byrådet")),
)


def work_links() -> list[tuple[str, str, bool]]:
    """Return (address, text, whether this page belongs to it) for whoever is signed in."""
    if not current_user.is_authenticated:
        return []
    return [
        (url_for(endpoint), gettext(text), request.blueprint == endpoint.split(".")[0])
        for role, endpoint, text in WORK_PAGES
        if role in current_user.roles and endpoint in current_app.view_functions
    ]
