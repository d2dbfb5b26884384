"""The real bundle all tests here start from: Assen 2024, imported, counted, published, adopted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import make
from tests.verify import bundles

ASSEN = Path(__file__).parent.parent / "data" / "Netherlands_Assen_2024.pb"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def assen(tmp_path_factory):
    """The bundle's bytes, made once by the services over a database of its own."""
    return made_bundle(tmp_path_factory.mktemp("assen"))


def made_bundle(folder):
    from budgeting import clock, create_app
    from budgeting.extensions import db

    before = clock._offset_file
    app = create_app(
        {
            "SECRET_KEY": "a-secret-that-is-only-for-tests",
            "DATABASE_URL": f"sqlite:///{folder / 'assen.sqlite'}",
            "BOARD_SIGNING_KEY": bundles.KEY.hex(),
        }
    )
    clock._offset_file = before
    with app.app_context():
        db.create_all()
        made = _bundle(db.session)
        db.session.remove()
        db.engine.dispose()
    return made


def _bundle(session):
    from budgeting.services import bundles as services
    from budgeting.services import counting, decisions, importing, publishing
    from budgeting.services.decisions import Choice
    from budgeting.tally import pabulib
    from budgeting.vocabulary import Role

    imported = importing.import_election(
        pabulib.read(ASSEN),
        wishes=importing.Wishes(slug="assen", ties="cost,lot"),
        passphrase=make.PASSPHRASE,
        now=NOW,
    )
    admin, council = make.account(session, Role.ADMIN), make.account(session, Role.COUNCIL)
    counting.count(by=admin, budget_round=imported, passphrases={0: make.PASSPHRASE}, now=NOW)
    publishing.publish(by=admin, budget_round=imported, now=NOW)
    choices = {
        project.id: Choice(is_recommended)
        for project, is_recommended in decisions.recommended(session, imported)
    }
    decisions.adopt(
        by=council, budget_round=imported, choices=choices, reference="Punkt 7", now=NOW
    )
    return services.made(session(), imported)


@pytest.fixture
def files(assen):
    """What is in the real bundle, by name, to be tampered with."""
    return bundles.unpacked(assen)


@pytest.fixture
def refused(tmp_path):
    """Run the checks and hand back the name of the reason they were refused for."""
    from budgeting.verify.refused import BundleRefused

    def run(bundle, kept=None):
        with pytest.raises(BundleRefused) as raised:
            bundles.checked(bundle, tmp_path, kept)
        assert str(raised.value)
        return type(raised.value).__name__

    return run
