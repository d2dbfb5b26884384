"""Why a project got money or not: one plain sentence for every reason of every rule."""

from dataclasses import replace
from fractions import Fraction

import pytest

from budgeting.tally import GreedyOptions, RuleSettings
from budgeting.vocabulary import BallotType, ReasonKind
from budgeting.web.results import reasons, steps, wording
from tests.web.results import elections
from tests.words import soft

SHARES = RuleSettings("equal-shares")
RANKED = RuleSettings("greedy", "borda-cost")


def why(result, ballot_id):
    return soft(reasons.why(result, result.project_by_ballot_id[ballot_id]))


def with_kind(result, ballot_id, kind, **changes):
    """The same result, but with another reason for one project."""
    told = replace(result.outcome.reasons[ballot_id], kind=kind, **changes)
    outcome = replace(result.outcome, reasons=result.outcome.reasons | {ballot_id: told})
    return replace(result, outcome=outcome)


def test_greedy_funded_first():
    result = elections.result(["a"] * 9 + ["b"] * 7, {"a": 60, "b": 30})

    assert why(result, "a") == (
        "Fik 9 stemmer, flest. Der var 100 kr. i puljen, og projektet koster 60 kr."
    )


def test_greedy_funded_later():
    result = elections.result(["a"] * 9 + ["b"] * 7, {"a": 60, "b": 30})

    assert why(result, "b") == (
        "Fik 7 stemmer, næstflest. Der var 40 kr. tilbage, og projektet koster 30 kr."
    )


def test_greedy_did_not_fit_and_how_close_it_was():
    result = elections.result(["a"] * 9 + ["b"] * 7, {"a": 60, "b": 70})

    assert why(result, "b") == (
        "Fik 7 stemmer. Da turen kom til projektet, var der 40 kr. tilbage; det koster 70 kr. "
        "Med 3 stemmer mere var det kommet med."
    )


def test_greedy_when_all_the_money_was_given_out():
    result = elections.result(["a"] * 9 + ["b"] * 9 + ["b"], {"b": 100, "a": 70})

    assert why(result, "a") == (
        "Fik 9 stemmer. Da turen kom til projektet, var alle pengene givet ud; det koster 70 kr. "
        "Med 1 stemme mere var det kommet med."
    )


@pytest.mark.parametrize(
    ("ties", "rule"),
    [
        ("cost", "Spillereglerne siger, at det billigste så kommer først."),
        ("id", "Så afgør projektnumrene det, som spillereglerne siger."),
        (
            "lot:s",
            "Så afgør lodtrækningen det. Den var lagt fast, før den første stemme blev afgivet.",
        ),
    ],
)
def test_greedy_lost_a_tie_and_is_told_the_rule(ties, rule):
    result = elections.result(
        ["a"] * 3 + ["b"] * 3, {"a": 60, "b": 70}, settings=RuleSettings("greedy", ties=ties)
    )
    loser = next(one for one in "ab" if one not in result.outcome.winners)
    other = elections.TITLES["b" if loser == "a" else "a"]

    told = why(result, loser)

    assert told.startswith(f"Fik 3 stemmer, lige så mange som {other}. {rule} Da turen kom")


def test_greedy_funded_after_a_tie():
    result = elections.result(["abc"] * 3, {"a": 30, "b": 20, "c": 40})

    assert why(result, "b") == (
        "Fik 3 stemmer, lige så mange som Gåbus og Bænke. "
        "Spillereglerne siger, at det billigste så kommer først. "
        "Der var 100 kr. i puljen, og projektet koster 20 kr."
    )


def test_dearer_than_the_pot_under_every_rule():
    for settings in (RuleSettings("greedy"), SHARES):
        result = elections.result(["ab"] * 3, {"a": 130, "b": 30}, settings=settings)

        assert why(result, "a") == (
            "Koster 130 kr., og der er 100 kr. i hele puljen. "
            "Derfor var der ikke plads til det i denne runde."
        )


def test_nobody_ticked_it():
    result = elections.result(["a"], {"a": 30, "b": 30})

    assert why(result, "b") == "Ingen satte kryds ved projektet denne gang."


def test_nobody_ranked_it():
    result = elections.result(
        ["a"], {"a": 30, "b": 30}, settings=RANKED, ballot_type=BallotType.ORDINAL
    )

    assert why(result, "b") == "Ingen satte projektet på sin liste denne gang."


def test_below_a_threshold():
    settings = RuleSettings("greedy", greedy=GreedyOptions(least_votes=2))
    result = elections.result(["aab", "a"], {"a": 30, "b": 30}, settings=settings)

    assert why(result, "b") == (
        "Fik 1 stemme. Spillereglerne kræver flere, før et projekt kan få penge."
    )


def test_excluded_by_the_rulebook():
    settings = RuleSettings("greedy", greedy=GreedyOptions(exclusive_groups=(("a", "b"),)))
    result = elections.result(["a", "ab"], {"a": 30, "b": 30}, settings=settings)

    assert why(result, "b") == (
        "Fik 1 stemme. Det kan ikke få penge sammen med Gåbus, som kom først."
    )


def test_funded_in_part():
    settings = RuleSettings("greedy", greedy=GreedyOptions(accepts_partly=(("b", 1_000),)))
    result = elections.result(["a", "ab"], {"a": 60, "b": 70}, settings=settings)

    assert why(result, "b") == (
        "Fik 1 stemme, næstflest. "
        "Der var 40 kr. tilbage. Dem får projektet, selv om det koster 70 kr. "
        "Det er aftalt, at det kan laves for ned til 10 kr."
    )


def test_ranked_ballots_are_told_in_points():
    result = elections.result(
        ["ab", "ab", "ba"],
        {"a": 60, "b": 70},
        settings=RANKED,
        ballot_type=BallotType.ORDINAL,
    )

    assert why(result, "a").startswith("Fik 5 point, flest.")
    assert why(result, "b") == (
        "Fik 4 point. Da turen kom til projektet, var der 40 kr. tilbage; det koster 70 kr."
    )


def test_support_for_each_krone_is_told_as_such():
    settings = RuleSettings("greedy", "cardinality")
    result = elections.result(["ab", "b"], {"a": 10, "b": 60}, settings=settings)

    assert why(result, "b") == (
        "Fik 2 stemmer. Set i forhold til prisen var det nummer 2. "
        "Der var 90 kr. tilbage, og projektet koster 60 kr."
    )


def test_equal_shares_funded():
    result = elections.result(["a"] * 3 + ["b"], {"a": 60, "b": 50}, settings=SHARES)

    assert why(result, "a") == (
        "3 personer stemte på projektet. De delte prisen på 60 kr. og betalte den af deres andele."
    )


def test_equal_shares_supporters_could_not_pay():
    result = elections.result(["a"] * 2 + ["b"], {"a": 60, "b": 50}, settings=SHARES)

    assert why(result, "b") == (
        "1 person stemte på projektet. "
        "Der var 33 kr. tilbage af andelen; det koster 50 kr. Der manglede 17 kr."
    )


def test_equal_shares_supporters_had_spent_all():
    result = elections.result(["ab"] * 2, {"a": 60, "b": 50}, settings=SHARES)
    spent = with_kind(
        result, "a", ReasonKind.TOO_LITTLE_SUPPORT, supporters_money=Fraction(0), tied_with=()
    )

    assert why(spent, "a") == (
        "2 personer stemte på projektet. "
        "De havde brugt deres andele på andre projekter; det koster 60 kr. Der manglede 60 kr."
    )


def test_equal_shares_lost_a_tie():
    result = elections.result(["ab"] * 2, {"a": 60, "b": 60}, settings=SHARES)

    assert why(result, "b") == (
        "2 personer stemte på projektet. Det stod lige med Gåbus. "
        "Så afgør projektnumrene det, som spillereglerne siger. "
        "Tilsammen havde de 40 kr. tilbage af deres andele; det koster 60 kr. Der manglede 20 kr."
    )


def test_a_rule_without_sentences_of_its_own_says_only_what_is_true():
    result = elections.result(["a"] * 2 + ["b"], {"a": 60, "b": 50}, settings=SHARES)
    told = why(with_kind(result, "b", ReasonKind.TOO_LITTLE_SUPPORT, supporters_money=None), "b")

    assert told == "1 person stemte på projektet. Efter spillereglerne kom andre projekter først."


def test_every_reason_kind_has_words():
    result = elections.result(["a"] * 2 + ["b"], {"a": 60, "b": 50})

    for kind in ReasonKind:
        told = why(with_kind(result, "b", kind), "b")
        assert told.endswith(".")
        assert ".." not in told


def test_amounts_are_in_the_currency_of_the_round():
    result = elections.result(["a"], {"a": 60})
    result.pot.budget_round.currency = "EUR"

    assert why(result, "a").endswith("Der var 100 euro i puljen, og projektet koster 60 euro.")


PHRAGMEN = RuleSettings("phragmen", "cardinality")
EXPANDING = RuleSettings("expanding-approvals", "borda")


def test_phragmen_says_who_carried_the_price_and_when_it_stopped():
    result = elections.result(
        ["ab"] * 3 + ["c"], {"a": 60, "b": 66, "c": 30}, limit_kr=130, settings=PHRAGMEN
    )

    assert why(result, "a").startswith("3 personer stemte på projektet. De bar prisen på 60 kr.")
    assert why(result, "b") == (
        "3 personer stemte på projektet. "
        "Da turen kom til projektet, var der 40 kr. tilbage; det koster 66 kr."
    )
    told = [soft(line.sentence) for line in steps.lines_of(result)]
    assert told[0] == (
        "Gåbus: 3 vælgere bar prisen på 60 kr. sammen. Nu er der 70 kr. tilbage i puljen."
    )
    assert told[2].endswith("Derfor stoppede vi her.")
    assert "bærer prisen sammen" in steps.introduction(result)[0]


def test_expanding_approvals_says_how_far_down_the_lists_it_looked():
    result = elections.result(
        ["ab", "ab", "ba", "cb"],
        {"a": 60, "b": 60, "c": 50},
        limit_kr=120,
        settings=EXPANDING,
        ballot_type=BallotType.ORDINAL,
    )

    told = [soft(line.sentence) for line in steps.lines_of(result)]
    assert told[0].startswith("Gåbus: De, der havde det øverst, betalte prisen på 60 kr.")
    assert told[1].startswith("Lektiecafé: De, der havde det blandt deres 2 øverste, betalte")
    assert why(result, "a").startswith("3 personer satte projektet på deres liste. De delte prisen")


def test_what_was_left_over_is_said_to_be_so():
    settings = RuleSettings("equal-shares", completion="greedy")
    result = elections.result(
        ["ac", "ac", "a", "b"], {"a": 180, "b": 100, "c": 84}, limit_kr=400, settings=settings
    )

    assert why(result, "c") == (
        "2 personer stemte på projektet. Det fik de 84 kr., det koster, af de penge, "
        "der var til overs."
    )


def test_where_more_voters_prefer_most_votes_first_it_is_said():
    settings = RuleSettings("equal-shares", compare="cost")
    result = elections.result(["a"] * 6 + ["b"] * 4, {"a": 100, "b": 40}, settings=settings)

    assert result.outcome.winners == ("a",)
    if "greedy_preferred" in result.outcome.remarks:
        assert "Flere vælgere" in steps.introduction(result)[0]
        assert why(result, "a").startswith("Fik 6 stemmer, flest.")


def test_when_it_stops_at_the_first_that_does_not_fit_the_next_were_not_reached():
    settings = RuleSettings("greedy", greedy=GreedyOptions(no_skip=True))
    result = elections.result(
        ["a"] * 5 + ["b"] * 4 + ["c"] * 3, {"a": 60, "b": 70, "c": 10}, settings=settings
    )

    assert "Vi stoppede, før turen kom til projektet" in why(result, "c")
    assert "Vi stoppede ved det første projekt" in steps.introduction(result)[0]


def test_how_close_it_was_is_said_with_votes_and_with_the_price():
    result = elections.result(["a"] * 9 + ["b"] * 7, {"a": 60, "b": 70})
    result.count.closeness = {"b": {"ballots_missing": 3, "greatest_cost": 4_000}}

    assert why(result, "b").endswith(
        "Med 3 stemmer mere var det kommet med. "
        "Havde det kostet 30 kr. mindre, var det også kommet med."
    )


def test_what_is_far_away_is_not_said():
    result = elections.result(["a"] * 9 + ["b"] * 7, {"a": 99, "b": 100}, settings=SHARES)
    result.count.closeness = {"b": {"ballots_missing": 60, "greatest_cost": 100}}

    assert "var det" not in why(result, "b")


SPREAD = {"ballot_type": BallotType.CUMULATIVE}
SCORED = {"ballot_type": BallotType.SCORING}
MOST = RuleSettings("greedy", "points-cost")
TRANSFERS = RuleSettings("minimal-transfers", "points")


def test_votes_that_were_spread_are_told_as_votes():
    result = elections.result(
        [{"a": 2}, {"a": 1, "b": 1}], {"a": 60, "b": 70}, settings=MOST, **SPREAD
    )

    assert why(result, "a").startswith("Fik 3 stemmer, flest.")
    assert why(result, "b") == (
        "Fik 1 stemme. Da turen kom til projektet, var der 40 kr. tilbage; det koster 70 kr."
    )
    assert "fik flest stemmer" in steps.introduction(result)[0]
    assert wording.support_heading(result) == "Stemmer"
    assert wording.rule_name(result) == "Flest stemmer først"


def test_points_that_were_given_are_told_as_points():
    result = elections.result(
        [{"a": 5, "b": 3}, {"b": 4}], {"a": 60, "b": 70}, settings=MOST, **SCORED
    )

    assert why(result, "b").startswith("Fik 7 point, flest.")
    assert why(result, "a").startswith("Fik 5 point. Da turen kom")
    assert wording.support_heading(result) == "Point"
    assert wording.rule_name(result) == "Flest point først"


@pytest.mark.parametrize(
    ("ballot_type", "ballots", "told"),
    [
        (BallotType.KNAPSACK, ["a"], "Ingen valgte projektet denne gang."),
        (BallotType.CUMULATIVE, [{"a": 2}], "Ingen gav projektet stemmer denne gang."),
        (BallotType.SCORING, [{"a": 2, "b": 0}], "Ingen gav projektet point denne gang."),
    ],
)
def test_nobody_wanted_it_is_told_as_the_ballot_has_it(ballot_type, ballots, told):
    result = elections.result(ballots, {"a": 30, "b": 30}, ballot_type=ballot_type)

    assert why(result, "b") == told


def test_equal_shares_by_points_tells_of_people_and_not_of_shares_of_points():
    settings = RuleSettings("equal-shares", "points", completion="add1-greedy")
    result = elections.result(
        [{"a": 3, "c": 1}, {"a": 2}, {"b": 3}],
        {"a": 60, "b": 33, "c": 7},
        settings=settings,
        **SCORED,
    )

    assert why(result, "a").startswith("2 personer gav projektet point. De delte prisen på 60 kr.")
    assert wording.support_heading(result) == "Vælgere"
    assert {line.title: line.support for line in steps.lines_of(result)}["Gåbus"] == 2


def test_minimal_transfers_tells_whose_money_paid_and_what_was_moved():
    result = elections.result(
        [{"a": 2}, {"a": 1, "b": 1}, {"b": 1, "c": 3}, {"c": 1}],
        {"a": 60, "b": 40, "c": 90},
        limit_kr=160,
        settings=TRANSFERS,
        **SPREAD,
    )

    assert [step.note for step in result.outcome.steps] == ["funded", "transfer", "passed_over"]
    assert why(result, "a") == (
        "2 personer stemte på projektet. Deres penge på projektet rakte til prisen på 60 kr."
    )
    assert why(result, "b") == (
        "2 personer stemte på projektet. Der blev flyttet penge fra deres andre projekter, så "
        "prisen på 40 kr. kunne betales."
    )
    assert why(result, "c") == (
        "2 personer stemte på projektet. "
        "Da turen kom til projektet, var der 60 kr. tilbage; det koster 90 kr."
    )
    told = [" ".join(line.sentence.split()) for line in steps.lines_of(result)]
    assert told == [
        "Gåbus: Pengene fra 2 vælgere rakte til prisen på 60 kr. Nu er der 100 kr. tilbage i puljen.",
        "Lektiecafé: Der lå for lidt på det fra 2 vælgere, så der blev flyttet penge fra deres "
        "andre projekter. Så kunne prisen på 40 kr. betales. Nu er der 60 kr. tilbage i puljen.",
        "Så kom turen til Bænke. Det koster 90 kr., og der var kun 60 kr. tilbage. "
        "Derfor gik vi videre til det næste.",
    ]
    assert "hver vælgers penge fulgte stemmerne" in steps.introduction(result)[0]


def test_minimal_transfers_tells_what_came_of_the_rest():
    result = elections.result(
        [{"a": 2}, {"b": 2}], {"a": 50, "b": 49, "c": 60}, settings=TRANSFERS, **SPREAD
    )
    left = elections.result([{"a": 2}, {"b": 2}], {"a": 60, "b": 30}, settings=TRANSFERS, **SPREAD)

    assert why(result, "c") == "Ingen gav projektet stemmer denne gang."
    assert [step.note for step in left.outcome.steps] == ["funded", "completion"]
    assert why(left, "a") == (
        "1 person stemte på projektet. "
        "Det fik de 60 kr., det koster, af de penge, der var til overs."
    )


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (SPREAD, "Havde 2 vælgere mere givet det 3 stemmer hver, var det kommet med."),
        (SCORED, "Havde 2 vælgere mere givet det 3 point hver, var det kommet med."),
    ],
)
def test_how_close_it_was_is_said_with_what_each_would_have_given(wanted, told):
    result = elections.result([{"a": 3}, {"b": 1}], {"a": 60, "b": 70}, settings=MOST, **wanted)
    result.count.closeness = {"b": {"ballots_missing": 2, "points_each": 3}}

    assert why(result, "b").endswith(told)
