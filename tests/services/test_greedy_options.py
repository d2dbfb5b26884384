"""Each option of most votes first from the set-up of a round to its published result."""

import pytest

from budgeting import clock
from budgeting.models import Cap
from budgeting.refusals import WrongPhase
from budgeting.rulebook import rules
from budgeting.services import (
    caps,
    decisions,
    exclusive_groups,
    places_and_pots,
    rounds,
    screening,
)
from budgeting.services.caps import CapTerms
from budgeting.services.decisions import Choice
from budgeting.services.places_and_pots import AreaChanges
from budgeting.vocabulary import ReasonKind, Role
from tests.services import greedy_rounds
from tests.services.greedy_rounds import Idea, at, choose, draft, exclude, present

KR = 100


def played(session, pot_kr, ideas, *, groups=(), **options):
    made = draft(session, pot_kr, voters_in_each_area=6, max_choices=4)
    choose(made, **options)
    projects = present(session, made, ideas)
    for group in groups:
        exclude(made, *(projects[place] for place in group))
    return made, greedy_rounds.result(session, made, ideas, projects)


def kinds(result):
    return [result.reason_of(project).kind for project in result.projects]


def test_aarhus_without_options_passes_over_what_does_not_fit(session):
    """Pot 80.000: 32.000 leaves 48.000, 78.450 does not fit, 20.000 does."""
    ideas = [Idea("Bænke", 32_000, 9), Idea("Bane", 78_450, 8), Idea("Bed", 20_000, 7)]

    _made, result = played(session, 80_000, ideas)

    assert [one.title for one in result.recommended] == ["Bænke", "Bed"]
    assert result.outcome.left == 28_000 * KR


def test_poznan_pays_the_first_that_does_not_fit_from_a_reserve_where_four_fifths_are_left(session):
    """Pot 100.000: 40.000 leaves 60.000, which is exactly 80 % of 75.000; then nothing more."""
    ideas = [Idea("Bro", 40_000, 9), Idea("Bane", 75_000, 8), Idea("Bed", 10_000, 7)]

    made, result = played(session, 100_000, ideas, no_skip=True, reserve_percent=80)

    assert [one.title for one in result.recommended] == ["Bro", "Bane"]
    assert result.outcome.total_cost == 115_000 * KR
    assert "reserve_used" in result.outcome.remarks
    adopt(session, made)


def test_poznan_leaves_it_where_one_krone_less_is_left(session):
    ideas = [Idea("Bro", 40_001, 9), Idea("Bane", 75_000, 8), Idea("Bed", 10_000, 7)]

    _made, result = played(session, 100_000, ideas, no_skip=True, reserve_percent=80)

    assert [one.title for one in result.recommended] == ["Bro"]


def test_holbaek_gives_the_rest_to_the_next_where_its_proposer_accepts_a_part(session):
    """Asked 70.000, got 49.300: pot 250.000, and the one before it takes 200.700."""
    ideas = [Idea("Hal", 200_700, 9), Idea("Shelter", 70_000, 8, least_kr=45_000)]
    ideas.append(Idea("Bed", 10_000, 7))

    made, result = played(session, 250_000, ideas, in_part=True)

    shelter = result.projects[1]
    assert kinds(result)[:2] == [ReasonKind.FUNDED, ReasonKind.FUNDED_IN_PART]
    assert (shelter.granted_oere, shelter.paid_oere) == (49_300 * KR, 49_300 * KR)
    assert [one.title for one in result.recommended] == ["Hal", "Shelter"]
    assert result.outcome.left == 0
    adopt(session, made)
    facts = decisions.recommended(session, made.budget_round)
    assert decisions.sums_of(facts, follow(facts))[0][1] == 250_000 * KR


@pytest.mark.parametrize(("in_part", "least_kr"), [(True, 49_301), (True, None), (False, 45_000)])
def test_holbaek_passes_on_where_the_rest_is_too_little_or_the_rules_do_not_know_of_parts(
    session, in_part, least_kr
):
    ideas = [Idea("Hal", 200_700, 9), Idea("Shelter", 70_000, 8, least_kr=least_kr)]
    ideas.append(Idea("Bed", 10_000, 7))

    _made, result = played(session, 250_000, ideas, in_part=in_part)

    assert [one.title for one in result.recommended] == ["Hal", "Bed"]
    assert all(one.granted_oere is None for one in result.projects)


def test_of_projects_that_exclude_each_other_the_one_with_most_votes_gets_money(session):
    ideas = [Idea("Bane nord", 30_000, 9), Idea("Bane syd", 30_000, 8), Idea("Bed", 10_000, 7)]

    _made, result = played(session, 100_000, ideas, groups=[(0, 1)], has_groups=True)

    assert kinds(result) == [ReasonKind.FUNDED, ReasonKind.EXCLUDED, ReasonKind.FUNDED]


def test_groups_are_made_only_where_the_rules_know_of_them(session):
    ideas = [Idea("Bane nord", 30_000, 9), Idea("Bane syd", 30_000, 8)]
    made = draft(session, 100_000)
    projects = present(session, made, ideas)

    with pytest.raises(exclusive_groups.NoGroupsHere):
        exclude(made, *projects)


def test_groups_are_made_before_the_voting_opens_and_of_two_projects_of_one_pot(session):
    made = draft(session, 100_000)
    choose(made, has_groups=True)
    projects = present(session, made, [Idea("Nord", 30_000, 9), Idea("Syd", 30_000, 8)])

    with pytest.raises(exclusive_groups.TooFewInGroup):
        exclude(made, projects[0], projects[0])
    exclude(made, *projects)
    with pytest.raises(exclusive_groups.SameGroup):
        exclude(made, *projects)
    assert exclusive_groups.rivals_of(session, projects[0]) == [projects[1]]
    with pytest.raises(WrongPhase):
        exclude(made, *projects, days=12)


def test_a_group_can_be_taken_apart_until_the_voting_opens(session):
    made = draft(session, 100_000)
    choose(made, has_groups=True)
    projects = present(session, made, [Idea("Nord", 30_000, 9), Idea("Syd", 30_000, 8)])
    exclude(made, *projects)
    group = exclusive_groups.of_round(session, made.budget_round)[0]
    said = {"by": made.people[Role.ADMIN], "budget_round": made.budget_round}

    exclusive_groups.take_apart(**said, group_id=group.id, now=at(made, "presenting_opens"))

    assert exclusive_groups.of_round(session, made.budget_round) == []
    with pytest.raises(exclusive_groups.UnknownGroup):
        exclusive_groups.take_apart(**said, group_id=group.id, now=at(made, "presenting_opens"))


def cap(made, *, area=None, category="", limit_kr):
    caps.add(
        by=made.people[Role.ADMIN],
        budget_round=made.budget_round,
        seen_version=made.budget_round.version,
        terms=CapTerms(
            pot_id=made.pots[0].id,
            area_id=area and area.id,
            category=category,
            limit_oere=limit_kr * KR,
        ),
        now=clock.now(),
    )


def test_a_cap_on_an_area_leaves_money_for_the_others(session):
    """At most 50.000 for Nordby: 40.000 is within, 20.000 more is not, Sydby's 30.000 fits."""
    ideas = [Idea("Bane", 40_000, 9), Idea("Bed", 20_000, 8), Idea("Bro", 30_000, 7, area=1)]
    made = draft(session, 100_000, voters_in_each_area=6, max_choices=4)
    cap(made, area=made.areas[0], limit_kr=50_000)

    projects = present(session, made, ideas)
    result = greedy_rounds.result(session, made, ideas, projects)

    assert kinds(result) == [ReasonKind.FUNDED, ReasonKind.EXCLUDED, ReasonKind.FUNDED]
    text = rounds.frozen_version(session, made.budget_round).canonical_json
    assert rules.from_json(text).tally.caps == (
        rules.CapRule(pot="Puljen Nordby", kind="area", name="Nordby", limit_oere=5_000_000),
    )


def test_a_cap_on_a_category_reads_what_the_caseworker_said(session):
    ideas = [
        Idea("Bane", 40_000, 9, categories=("Idræt",)),
        Idea("Mål", 20_000, 8, categories=("Idræt", "Leg")),
        Idea("Bed", 30_000, 7),
    ]
    made = draft(session, 100_000, voters_in_each_area=6, max_choices=4)
    cap(made, category="Idræt", limit_kr=50_000)

    projects = present(session, made, ideas)
    result = greedy_rounds.result(session, made, ideas, projects)

    assert [one.title for one in result.recommended] == ["Bane", "Bed"]


def test_an_area_with_a_cap_and_a_pot_with_one_can_go_only_in_that_order(session):
    made = draft(session, 100_000)
    cap(made, area=made.areas[1], limit_kr=50_000)
    said = {"by": made.people[Role.ADMIN], "budget_round": made.budget_round, "now": clock.now()}
    without = AreaChanges(names={}, removed=[made.areas[1].id], added=[])

    with pytest.raises(places_and_pots.AreaHasCap):
        places_and_pots.change_areas(
            **said, seen_version=made.budget_round.version, changes=without
        )
    places_and_pots.remove_pot(
        **said, seen_version=made.budget_round.version, pot_id=made.pots[0].id
    )

    assert session.query(Cap).count() == 0


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"limit_kr": 10}, caps.CapOnNothing),
        ({"category": "Idræt", "limit_kr": 100_000}, caps.CapAbovePot),
        ({"category": " idræt ", "limit_kr": 10}, caps.CapTwice),
    ],
)
def test_a_cap_that_caps_nothing_is_refused(session, wanted, refusal):
    made = draft(session, 100_000)
    cap(made, category="Idræt", limit_kr=50_000)

    with pytest.raises(refusal):
        cap(made, **wanted)


def test_the_least_amount_is_lower_than_the_price(session):
    ideas = [Idea("Hal", 20_000, 9, least_kr=20_000)]
    made = draft(session, 100_000)

    with pytest.raises(greedy_rounds.proposals.LeastAboveAmount):
        present(session, made, ideas)
    assert issubclass(screening.LeastAboveCost, Exception)


def follow(facts):
    return {project.id: Choice(is_recommended) for project, is_recommended in facts}


def adopt(session, made):
    """The council follows the vote: what a part or the reserve pays is no reason to refuse."""
    decisions.adopt(
        by=make_council(session, made),
        budget_round=made.budget_round,
        choices=follow(decisions.recommended(session, made.budget_round)),
        reference="Byrådet den 4. juni, punkt 7",
        now=at(made, "voting_closes"),
    )


def make_council(session, made):
    from tests import make

    return make.account(session, Role.COUNCIL, name="Bodil Byråd")
