"""The municipality behind the platform: its name, its colour, and where to get help."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from budgeting.extensions import db
from budgeting.models import Account, Municipality
from budgeting.rulebook import deeds
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit, transaction


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """How the municipality presents itself on every page."""

    name: str
    scheme_name: str
    colour: str
    phone: str
    email: str
    help_places: str


def find() -> Municipality | None:
    """Return the one municipality of this installation, if it has been named."""
    return db.session.scalar(select(Municipality))


def present(*, by: Account, presentation: Presentation, now: datetime) -> Municipality:
    """Name the municipality, or change how it presents itself."""
    with transaction.deed() as session:
        deeds.check(Deed.KEEP_MUNICIPALITY, by.roles, phase=None)
        municipality = session.scalar(select(Municipality).with_for_update())
        if municipality is None:
            municipality = Municipality()
            session.add(municipality)
        for name, value in asdict(presentation).items():
            setattr(municipality, name, value)
        audit.record(session, Deed.KEEP_MUNICIPALITY, by=by, now=now)
    return municipality
