"""What is said of a project that was excluded, capped, paid in part or from a reserve."""

import pytest

from budgeting.models import Area
from budgeting.tally import Cap, GreedyOptions, RuleSettings
from budgeting.web.results import reasons, steps
from tests.web.results import elections
from tests.words import soft

BALLOTS = ["a"] * 9 + ["b"] * 7 + ["c"] * 5


def counted(costs, limit_kr=100, **options):
    settings = RuleSettings("greedy", greedy=GreedyOptions(**options))
    return elections.result(BALLOTS, costs, limit_kr=limit_kr, settings=settings)


def why(result, ballot_id):
    return soft(reasons.why(result, result.project_by_ballot_id[ballot_id]))


def lines(result):
    return [(soft(line.sentence), line.done) for line in steps.lines_of(result)]


def test_the_project_that_excluded_it_is_named():
    result = counted({"a": 30, "b": 30, "c": 30}, exclusive_groups=(("a", "b"),))

    said = "Det kan ikke få penge sammen med Gåbus, som kom først."
    assert why(result, "b") == f"Fik 7 stemmer. {said}"
    assert lines(result)[1] == (
        f"Lektiecafé fik 7 stemmer. {said}",
        "Udelukket af et andet projekt",
    )


def test_only_projects_that_came_first_and_got_money_exclude():
    result = counted({"a": 130, "b": 30, "c": 30}, exclusive_groups=(("a", "b", "c"),))

    assert "Lektiecafé" in why(result, "c")
    assert "Gåbus" not in why(result, "c")


def test_of_a_cap_on_an_area_it_is_said_how_much_was_given_out():
    result = capped("area", "Nordby")

    said = (
        "Projekter i Nordby får højst 50 kr. tilsammen. 30 kr. var givet ud, og projektet koster "
        "25 kr."
    )
    assert why(result, "b") == f"Fik 7 stemmer. {said}"
    assert lines(result)[1][1] == "Der var ikke plads under loftet"


def test_of_a_cap_on_a_category_too():
    assert "Projekter, der hører under „idræt“, får højst 50 kr." in why(
        capped("category", "idræt"), "b"
    )


def capped(kind, name):
    """Both a and b lie under the cap; the tally is told so by the projects it counts."""
    from budgeting.tally import Ballot, Instance, Profile, Project, count

    costs = {"a": 30, "b": 25, "c": 30}
    projects = tuple(
        Project(one, cost * 100, area="Nordby" if one in "ab" else "", categories=("idræt",))
        if one in "ab"
        else Project(one, cost * 100)
        for one, cost in costs.items()
    )
    settings = RuleSettings("greedy", greedy=GreedyOptions(caps=(Cap(kind, name, 5_000),)))
    profile = Profile("approval", tuple(Ballot((one,)) for one in BALLOTS))
    result = elections.of_outcome(count(Instance(10_000, projects), profile, settings), costs)
    for project in result.projects[:2]:
        project.area = Area(name="Nordby")
        project.categories = ["idræt"]
    return result


def test_a_part_is_said_with_what_was_agreed():
    result = counted({"a": 60, "b": 70, "c": 30}, accepts_partly=(("b", 3_500),))

    assert why(result, "b") == (
        "Fik 7 stemmer, næstflest. Der var 40 kr. tilbage. Dem får projektet, selv om det "
        "koster 70 kr. Det er aftalt, at det kan laves for ned til 35 kr."
    )
    assert lines(result)[1][1] == "Får en del"


def test_where_the_rest_was_less_than_what_it_can_do_with_that_is_said():
    result = counted({"a": 60, "b": 70, "c": 30}, accepts_partly=(("b", 4_001),))

    assert "Det kan ikke laves for mindre end 40,01 kr., så resten var ikke nok." in why(
        result, "b"
    )


def test_the_reserve_is_said_with_its_share():
    result = counted({"a": 60, "b": 50, "c": 30}, no_skip=True, reserve_share="80/100")

    assert why(result, "b") == (
        "Fik 7 stemmer, næstflest. Der var 40 kr. tilbage, og projektet koster 50 kr. Puljen kunne "
        "betale mindst 80 procent, så de sidste 10 kr. kommer fra reserven."
    )
    assert lines(result)[1][1] == "Får penge med hjælp fra reserven"
    assert "Vi stoppede ved det første projekt" in steps.introduction(result)[0]


@pytest.mark.parametrize("note", ["excluded", "capped", "in_part", "reserve"])
def test_every_note_of_the_options_has_its_words(note):
    from budgeting.web.results import options_told

    assert options_told.DONE[note]
