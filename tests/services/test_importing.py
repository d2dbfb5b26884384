"""A real election goes through the box and comes out as its city decided."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from budgeting.models import Ballot, BudgetRound, Envelope
from budgeting.services import counting, importing, publishing, rounds
from budgeting.services.importing import Wishes
from budgeting.tally import pabulib
from budgeting.vocabulary import Phase, Role
from tests import make

ASSEN = Path(__file__).parent.parent / "data" / "Netherlands_Assen_2024.pb"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def _import(session, **wishes):
    election = pabulib.read(ASSEN)
    return election, importing.import_election(
        election, wishes=Wishes(**wishes), passphrase=make.PASSPHRASE, now=NOW
    )


def test_an_imported_election_waits_to_be_counted(session):
    _, budget_round = _import(session)

    assert rounds.phase_of(budget_round, NOW) is Phase.COUNTING
    assert session.query(Envelope).count() == 84
    assert session.query(Ballot).count() == 0


def test_assen_is_counted_and_published_as_the_city_decided(session):
    election, budget_round = _import(session)
    admin = make.account(session, Role.ADMIN)

    counting.count(by=admin, budget_round=budget_round, passphrases={0: make.PASSPHRASE}, now=NOW)
    publishing.publish(by=admin, budget_round=budget_round, now=NOW)

    (counted,) = counting.counts_of(session, budget_round)
    assert set(counted.outcome["winners"]) == {
        project for project, selected in election.selected.items() if selected == 1
    }
    assert (counted.envelopes_in, counted.ballots_valid) == (84, 84)


def test_a_ballot_outside_the_files_own_rules_stores_nothing(session):
    election = pabulib.read(ASSEN)
    taken = importing.import_election(
        election, wishes=Wishes(slug="assen"), passphrase=make.PASSPHRASE, now=NOW
    )

    with pytest.raises(importing.SlugTaken):
        _import(session, slug="assen")

    assert [one.id for one in session.query(BudgetRound)] == [taken.id]
