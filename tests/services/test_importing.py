"""A real election goes through the box and comes out as its city decided."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from budgeting.models import Ballot, BudgetRound, Envelope
from budgeting.services import counting, counts, imported_rules, importing, publishing, rounds
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

    (counted,) = counts.of_round(session, budget_round)
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


OPTIONS = """META
key;value
budget;250000
vote_type;approval
rule;greedy-custom
no_skip;1
reserve_share;4/5
accepts_partly;"{""3"":""45000""}"
exclusive_groups;"[[""1"",""2""]]"
PROJECTS
project_id;cost;name
1;200700;Hal
2;10000;Hal nr. 2
3;70000;Shelter
VOTES
voter_id;vote
a;1,2,3
b;1,2
c;1
"""


def test_a_file_that_names_its_options_is_counted_by_them(session):
    budget_round = importing.import_election(
        pabulib.read(OPTIONS), wishes=Wishes(), passphrase=make.PASSPHRASE, now=NOW
    )
    admin = make.account(session, Role.ADMIN)

    counting.count(by=admin, budget_round=budget_round, passphrases={0: make.PASSPHRASE}, now=NOW)

    (counted,) = counts.of_round(session, budget_round)
    kinds = {key: one["kind"] for key, one in counted.outcome["reasons"].items()}
    assert kinds == {"1": "funded", "2": "excluded", "3": "funded_in_part"}
    assert counted.outcome["reasons"]["3"]["granted"] == 49_300 * 100


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("reserve_share;4/5", "reserve_share;1/3"),
        ("reserve_share;4/5", "reserve_share;much"),
        ("reserve_share;4/5", 'caps;"[[""area"",""Nordby"",""10""]]"'),
    ],
)
def test_an_option_that_no_rulebook_has_is_refused_and_stores_nothing(session, line, wrong):
    with pytest.raises(imported_rules.UnreadableRule):
        importing.import_election(
            pabulib.read(OPTIONS.replace(line, wrong)),
            wishes=Wishes(),
            passphrase=make.PASSPHRASE,
            now=NOW,
        )

    assert session.query(BudgetRound).count() == 0
