"""Why a project got money or not: one plain sentence for every reason of every rule."""

from dataclasses import replace
from fractions import Fraction

import pytest

from budgeting.tally import GreedyOptions, RuleSettings
from budgeting.vocabulary import BallotType, ReasonKind
from budgeting.web.results import reasons
from tests.web.results import elections

SHARES = RuleSettings("equal-shares")
RANKED = RuleSettings("greedy", "borda-cost")


def why(result, ballot_id):
    return reasons.why(result, result.project_by_ballot_id[ballot_id])


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

    assert why(result, "b") == "Ingen satte projektet på deres liste denne gang."


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
        "Fik 1 stemme. Spillereglerne giver ikke plads til det ved siden af dem, der kom først."
    )


def test_funded_in_part():
    settings = RuleSettings("greedy", greedy=GreedyOptions(accepts_partly=(("b", 1_000),)))
    result = elections.result(["a", "ab"], {"a": 60, "b": 70}, settings=settings)

    assert why(result, "b") == (
        "Fik 1 stemme, næstflest. "
        "Der var 40 kr. tilbage. Dem får projektet som en del af de 70 kr., det koster."
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
