"""Knapsack, cumulative and scoring ballots from the booth to a bundle that anyone can check."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from budgeting.ballotbox import bundle_layout as layout
from budgeting.models import Ballot, BudgetRound, Count, Envelope
from budgeting.rulebook import ballots, rules
from budgeting.services import (
    ballot_groups,
    beside_the_count,
    bundles,
    counting,
    counts,
    importing,
    rounds,
    voting,
)
from budgeting.services import results as services_results
from budgeting.services.importing import Wishes
from budgeting.tally import RuleSettings, count, pabulib
from budgeting.verify.checking import BALLOTS, COUNT
from budgeting.verify.refused_count import BallotInvalid
from budgeting.verify.refused_groups import PatternInvalid
from budgeting.vocabulary import BallotType, Completion, Phase, Publication, Role, Rule, Utility
from tests import make, results
from tests.verify import bundles as packing

PABULIB = Path(__file__).parent.parent / "data" / "pabulib"
IMPORTED = datetime(2026, 11, 1, 12, tzinfo=UTC)
KNAPSACK, CUMULATIVE, SCORING = BallotType.KNAPSACK, BallotType.CUMULATIVE, BallotType.SCORING
# The pot holds 150.000 kr.; the projects cost 40, 120, 90, 20 and 60 thousand.
FILLED = {
    KNAPSACK: (("1", "3", "4"), ("1", "5"), ("2", "4"), ("1", "3", "4"), ("3", "5")),
    CUMULATIVE: ({"1": 3, "3": 2}, {"3": 3}, {"2": 1, "4": 3, "5": 1}, {"1": 2, "5": 3}),
    SCORING: ({"1": 5, "2": 1, "3": 4}, {"3": 5, "4": 2}, {"2": 3}, {"1": 1, "5": 5}),
}
WAYS = [
    (KNAPSACK, Rule.GREEDY, Utility.COST, Completion.NONE),
    (KNAPSACK, Rule.EQUAL_SHARES, Utility.COST, Completion.ADD1),
    (KNAPSACK, Rule.PHRAGMEN, Utility.CARDINALITY, Completion.NONE),
    (CUMULATIVE, Rule.GREEDY, Utility.POINTS_COST, Completion.NONE),
    (CUMULATIVE, Rule.GREEDY, Utility.POINTS, Completion.NONE),
    (CUMULATIVE, Rule.EQUAL_SHARES, Utility.POINTS, Completion.ADD1_GREEDY),
    (CUMULATIVE, Rule.MINIMAL_TRANSFERS, Utility.POINTS, Completion.NONE),
    (SCORING, Rule.GREEDY, Utility.POINTS_COST, Completion.NONE),
    (SCORING, Rule.EQUAL_SHARES, Utility.POINTS, Completion.ADD1),
]


@pytest.fixture(autouse=True)
def _known_key(app, monkeypatch):
    monkeypatch.setitem(app.config, "BOARD_SIGNING_KEY", packing.KEY.hex())


def held(files, tmp_path):
    return {one.step: one.is_checked for one in packing.checked(packing.packed(files), tmp_path)}


@pytest.mark.parametrize(("ballot_type", "rule", "utility", "completion"), WAYS)
def test_a_whole_round_is_counted_published_and_checked(
    session, tmp_path, ballot_type, rule, utility, completion
):
    made = results.published(
        session,
        ballots=FILLED[ballot_type],
        ballot_type=ballot_type,
        rule=rule,
        utility=utility,
        completion=completion,
    )

    kept = session.get(Count, made.pots[0].id)
    assert (kept.ballots_valid, kept.ballots_invalid) == (len(FILLED[ballot_type]), 0)
    assert kept.outcome["winners"]
    checked = held(packing.unpacked(bundles.made(session, made.budget_round)), tmp_path)
    assert (checked[BALLOTS], checked[COUNT]) == (True, True)


@pytest.mark.parametrize("ballot_type", FILLED)
def test_what_was_handed_in_is_what_is_counted(session, ballot_type):
    results.counted(session, ballots=FILLED[ballot_type], ballot_type=ballot_type)

    kept = session.query(Ballot).all()
    if ballot_type is KNAPSACK:
        assert sorted(tuple(one.choices) for one in kept) == sorted(FILLED[ballot_type])
        assert {one.points for one in kept} == {None}
        return
    found = [dict(zip(one.choices, one.points, strict=True)) for one in kept]
    assert sorted(map(str, found)) == sorted(map(str, FILLED[ballot_type]))


@pytest.mark.parametrize("ballot_type", FILLED)
def test_no_envelope_is_longer_for_what_is_in_it(session, ballot_type):
    few = FILLED[ballot_type][-1]
    results.voted(session, ballots=(*FILLED[ballot_type], few), ballot_type=ballot_type)

    assert len({len(one.sealed) for one in session.query(Envelope)}) == 1


BROKEN = [
    (KNAPSACK, ("1", "2"), ballots.MoreThanThePot),
    (KNAPSACK, (), ballots.TooFewChoices),
    (CUMULATIVE, {"1": 4}, ballots.TooManyVotesForOne),
    (CUMULATIVE, {"1": 3, "2": 3}, ballots.TooManyVotes),
    (CUMULATIVE, {"1": 0}, ballots.NotAWholeNumber),
    (CUMULATIVE, {}, ballots.NoVoteGiven),
    (SCORING, {"1": 6}, ballots.OutsideTheScale),
    (SCORING, {"1": 0}, ballots.OutsideTheScale),
    (SCORING, {}, ballots.TooFewScored),
]


@pytest.mark.parametrize(("ballot_type", "filled", "refusal"), BROKEN)
def test_what_breaks_the_rulebook_is_refused_in_the_booth(session, ballot_type, filled, refusal):
    with pytest.raises(refusal):
        results.voted(session, ballots=(filled,), ballot_type=ballot_type)

    assert session.query(Envelope).count() == 0


@pytest.mark.parametrize(("ballot_type", "filled", "_"), BROKEN)
def test_what_breaks_the_rulebook_and_lies_in_the_box_is_not_counted(
    session, monkeypatch, ballot_type, filled, _
):
    with monkeypatch.context() as blind:
        blind.setattr(voting.ballots, "check", lambda *_: None)
        made = results.voted(session, ballots=(filled,), ballot_type=ballot_type)

    results.count(made)

    kept = session.get(Count, made.pots[0].id)
    assert (kept.ballots_valid, kept.ballots_invalid) == (0, 1)


@pytest.mark.parametrize(
    ("ballot_type", "meta"),
    [
        (KNAPSACK, "vote_type;approval max_sum_cost;150000"),
        (CUMULATIVE, "vote_type;cumulative max_points;3 max_sum_points;5"),
        (SCORING, "vote_type;scoring min_points;1 max_points;5"),
    ],
)
def test_the_pabulib_file_says_what_kind_of_ballot_it_was(session, ballot_type, meta):
    made = results.published(session, ballots=FILLED[ballot_type], ballot_type=ballot_type)
    files = packing.unpacked(bundles.made(session, made.budget_round))

    text = files[layout.of_pot(1, layout.BALLOTS)].decode()

    assert set(meta.split()) <= set(text.splitlines())
    assert pabulib.read(text).profile.ballot_type is ballot_type


def changed_ballots(files, old, new):
    name = layout.of_pot(1, layout.BALLOTS)
    assert old in files[name]
    return files | {name: files[name].replace(old, new)}


@pytest.mark.parametrize(
    ("ballot_type", "old", "new"),
    [
        (KNAPSACK, b";1,5\n", b";1,2\n"),
        (CUMULATIVE, b";1,5;2,3\n", b";1,5;3,3\n"),
        (SCORING, b";1,5;1,5\n", b";1,5;1,9\n"),
    ],
)
def test_a_published_ballot_that_breaks_the_rules_is_found(
    session, tmp_path, ballot_type, old, new
):
    made = results.published(session, ballots=FILLED[ballot_type], ballot_type=ballot_type)
    files = packing.unpacked(bundles.made(session, made.budget_round))

    with pytest.raises(BallotInvalid):
        held(changed_ballots(files, old, new), tmp_path)


ALIKE = ({"1": 2, "2": 1},) * 6 + ({"1": 1, "2": 2},) * 5 + ({"3": 1},) * 5


def test_ballots_with_points_are_grouped_by_their_points_too(session, tmp_path):
    made = results.published(
        session, ballots=ALIKE, ballot_type=CUMULATIVE, publication=Publication.GROUPED
    )
    [result] = services_results.results_of(session, made.budget_round)
    files = packing.unpacked(bundles.made(session, made.budget_round))

    groups = ballot_groups.groups_of(session, result)

    assert groups.patterns == (
        ((("1", "2"), (2, 1)), 6),
        ((("1", "2"), (1, 2)), 5),
        ((("3",), (1,)), 5),
    )
    assert held(files, tmp_path)[BALLOTS] is True

    def too_many(value):
        value["patterns"][0]["points"] = [3, 3]

    with pytest.raises(PatternInvalid):
        held(packing.edited(files, layout.of_pot(1, layout.GROUPS), too_many), tmp_path)


@pytest.mark.parametrize(
    ("ballot_type", "rules"),
    [
        (KNAPSACK, {"greedy", "equal-shares", "phragmen"}),
        (CUMULATIVE, {"greedy", "equal-shares", "phragmen", "minimal-transfers"}),
    ],
)
def test_the_council_sees_what_other_rules_would_have_given(session, ballot_type, rules):
    made = results.counted(session, ballots=FILLED[ballot_type], ballot_type=ballot_type)

    rows = session.get(Count, made.pots[0].id).comparison

    assert {row["settings"]["rule"] for row in rows} == rules


def test_a_large_vote_is_not_held_up_by_the_slowest_of_the_other_rules(session, monkeypatch):
    monkeypatch.setattr(beside_the_count, "MOST_FOR_TRANSFERS", 3)
    made = results.counted(session, ballots=FILLED[CUMULATIVE], ballot_type=CUMULATIVE)

    rows = session.get(Count, made.pots[0].id).comparison

    assert "minimal-transfers" not in {row["settings"]["rule"] for row in rows}


def test_all_must_be_scored_where_the_rulebook_says_so(session):
    scale = {"max_choices": 0, "lowest_points": 0, "highest_points": 3, "must_score_all": True}
    wanted = {"ballot_type": SCORING, "ballot": scale}
    all_scored = dict.fromkeys("12345", 0) | {"2": 3}

    with pytest.raises(ballots.NotAllScored):
        results.voted(session, ballots=(all_scored, {"2": 3}), **wanted)
    made = make.Made(session.query(BudgetRound).one(), [], [], people=staff(session))
    results.count(made)

    [kept] = session.query(Count)
    assert (kept.ballots_valid, kept.outcome["winners"]) == (1, ["2"])


def staff(session):
    return {Role.ADMIN: make.account(session, Role.ADMIN)}


def test_an_older_rulebook_still_opens_its_envelopes_and_keeps_its_fingerprint(session):
    made = make.budget_round(session, Phase.VOTING)
    text = rounds.frozen_version(session, made.budget_round).canonical_json

    assert "votes_each" not in text
    assert rules.to_json(rules.from_json(text)) == text


@pytest.mark.parametrize(
    "name", ["Switzerland_Zurich_S5D10", "Worldwide_Mechanical_Turk_Utilities_6"]
)
def test_a_real_election_with_points_is_imported_and_counted_as_it_stands(session, name):
    election = pabulib.read(PABULIB / f"{name}.pb")
    made = importing.import_election(
        election, wishes=Wishes(), passphrase=make.PASSPHRASE, now=IMPORTED
    )

    admin = make.account(session, Role.ADMIN)
    counting.count(by=admin, budget_round=made, passphrases={0: make.PASSPHRASE}, now=IMPORTED)

    settings = RuleSettings(Rule.GREEDY, Utility.POINTS_COST, ties="id")
    expected = count(election.instance, election.profile, settings)
    [kept] = counts.of_round(session, made)
    assert kept.ballots_valid == len(election.profile.ballots)
    assert kept.outcome["winners"] == list(expected.winners)


TWO_PROJECTS = """META
key;value
num_projects;2
num_votes;1
budget;100
vote_type;{vote_type}
{limit}
PROJECTS
project_id;cost
1;60
2;50
VOTES
voter_id;vote{column}
1;1,2{points}
"""


@pytest.mark.parametrize(("budget", "ballot_type"), [(109, BallotType.APPROVAL), (110, KNAPSACK)])
def test_a_knapsack_that_held_more_than_the_pot_is_imported_as_ticks(session, budget, ballot_type):
    text = TWO_PROJECTS.format(
        vote_type="approval", limit="max_sum_cost;200", column="", points=""
    ).replace("budget;100", f"budget;{budget}")

    made = importing.import_election(
        pabulib.read(text), wishes=Wishes(), passphrase=make.PASSPHRASE, now=IMPORTED
    )

    assert made.ballot_type is ballot_type


def test_points_in_parts_are_refused_and_nothing_is_stored(session):
    text = TWO_PROJECTS.format(
        vote_type="cumulative", limit="max_sum_points;3", column=";points", points=";1.5,0.5"
    )

    with pytest.raises(importing.PointsInParts):
        importing.import_election(
            pabulib.read(text), wishes=Wishes(), passphrase=make.PASSPHRASE, now=IMPORTED
        )
    assert session.query(BudgetRound).count() == 0
