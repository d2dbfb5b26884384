"""The pages of the set-up: what is saved, what is refused, and what two writers are told."""

import pytest

from budgeting.models import BudgetRound
from budgeting.services import setting_up
from budgeting.tally import Ballot, Instance, Profile, Project, RuleSettings, count
from budgeting.vocabulary import BallotType, Phase
from tests import make

HERE = "/admin/runder/nordby-2026"
PAGES = (
    "tekster",
    "lokalomraader",
    "puljer",
    "hvem-maa-stemme",
    "stemmeseddel",
    "optaellingsregel",
    "tidsplan",
    "ramme",
)


@pytest.fixture
def new(session, admin):
    """A draft where nothing has been chosen."""
    admin.submit(admin.read("/admin/runder/ny"), {"title": "Nordby 2026"})
    return session.query(BudgetRound).one()


def kept(session):
    session.expire_all()
    return session.query(BudgetRound).one()


@pytest.mark.parametrize("part", PAGES)
def test_every_page_opens_in_an_empty_and_in_a_finished_draft(session, admin, new, part):
    admin.read(f"{HERE}/{part}")
    make.budget_round(session, Phase.DRAFT, slug="anden")
    admin.read(f"/admin/runder/anden/{part}")


@pytest.mark.parametrize("part", PAGES)
def test_after_opening_a_page_says_when_the_rules_were_locked(session, admin, part):
    make.budget_round(session, Phase.PROPOSING)

    page = admin.read(f"{HERE}/{part}", status=403)

    assert "Spillereglerne blev låst" in page.text
    assert "Fingeraftryk:" in page.text


@pytest.mark.parametrize(
    ("part", "typed", "error"),
    [
        ("tekster", {"title": "", "summary": "x", "introduction": "y"}, "Skriv et navn til runden."),
        ("puljer", {"name": "A", "budget_limit": "-5"}, "Skriv et beløb, der er større end nul."),
        ("puljer", {"name": "A", "budget_limit": "mange"}, "Skriv et beløb i kroner, for eksempel 125.000."),
        ("puljer", {"name": "A", "budget_limit": "1"}, "Skriv et beløb mellem 1.000 kr. og 1.000.000.000 kr."),
        ("puljer", {"name": "", "budget_limit": "5000"}, "Skriv, hvad puljen hedder."),
        ("hvem-maa-stemme", {}, "Vælg, hvor gammel man skal være."),
        ("hvem-maa-stemme", {"min_age": "other"}, "Skriv alderen i hele år."),
        ("hvem-maa-stemme", {"min_age": "other", "other_age": "120"}, "Skriv et tal mellem 1 og 99."),
        ("stemmeseddel", {"ballot_type": "approval", "min_choices": "4", "max_choices": "2"},
         "Det højeste antal skal være mindst 4, for så mange skal man vælge."),
        ("stemmeseddel", {"ballot_type": "approval", "min_choices": "0"},
         "Skriv et tal mellem 1 og 100."),
        ("stemmeseddel", {"ballot_type": "approval", "max_choices": "mange"},
         "Skriv et helt tal, for eksempel 3."),
        ("stemmeseddel", {"ballot_type": "cumulative", "votes_each": ""},
         "Skriv, hvor mange stemmer hver vælger har."),
        ("stemmeseddel", {"ballot_type": "cumulative", "votes_each": "2", "most_per_project": "3"},
         "Skriv et tal mellem 1 og 2, for så mange stemmer har hver vælger."),
        ("stemmeseddel", {"ballot_type": "scoring", "lowest_points": "2"},
         "Skriv et tal mellem 0 og 1."),
        ("stemmeseddel", {"ballot_type": "scoring", "highest_points": "11"},
         "Skriv et tal mellem 2 og 10."),
        ("stemmeseddel", {"ballot_type": "scoring", "min_scored": "0"},
         "Skriv et tal mellem 1 og 100."),
        ("tidsplan", {"voting_opens": ""}, "Vælg dag og klokkeslæt."),
        ("ramme", {"decision": ""}, "Skriv dato og sag, for eksempel: Byrådet den 24. juni, punkt 7."),
        ("lokalomraader", {"added": "Nordby\nnordby"},
         "Lokalområdet „nordby“ står to gange. Giv det ene et andet navn."),
        ("lokalomraader", {"added": "x" * 121}, "Skriv højst 120 tegn på hver linje."),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_told_at_its_field_and_stays_typed(admin, new, part, typed, error):
    page = admin.submit(admin.read(f"{HERE}/{part}"), typed, status=422)

    assert page.errors == [error]
    stays = page.form().as_it_stands()
    assert all(
        stays.get(name, "").splitlines() == text.splitlines() for name, text in typed.items()
    )


def test_a_choice_that_is_not_there_is_refused(admin, new):
    admin.submit(admin.read(f"{HERE}/stemmeseddel"), {"ballot_type": "terning"}, status=422)


def test_texts_are_saved_and_shown_as_they_were_typed(session, admin, new):
    typed = {"title": "<i>Ø</i> & Å", "summary": "Kort 🚸", "introduction": "En.\n\nTo."}
    page = admin.submit(admin.read(f"{HERE}/tekster"), typed)

    assert "Gemt: Tekster." in page.html
    assert kept(session).introduction == "En.\n\nTo."


def test_areas_are_added_renamed_and_removed(session, admin, new):
    admin.submit(admin.read(f"{HERE}/lokalomraader"), {"added": " Nordby \n\nSydby\n"})
    nordby, sydby = kept(session).areas
    page = admin.read(f"{HERE}/lokalomraader")
    admin.submit(
        page, {f"name-{nordby.id}": "Nordby By", f"remove-{sydby.id}": "y", "added": "Ærø"}
    )

    assert [area.name for area in kept(session).areas] == ["Nordby By", "Ærø"]


def test_a_removed_area_with_a_pot_is_told_at_its_tick(session, admin, draft):
    area = draft.areas[0]
    page = admin.submit(admin.read(f"{HERE}/lokalomraader"), {f"remove-{area.id}": "y"}, status=422)

    assert page.errors == ["„Nordby“ bruges af puljen „Puljen Nordby“. Ret puljen først."]


def test_a_pot_is_added_changed_and_removed(session, admin, new):
    admin.submit(
        admin.read(f"{HERE}/puljer"), {"name": "Bypuljen", "budget_limit": "125.000,50 kr."}
    )
    pot = kept(session).pots[0]
    assert pot.budget_limit_oere == 12_500_050

    page = admin.read(f"{HERE}/puljer/{pot.id}")
    admin.submit(page, {"budget_limit": "200000"})
    assert kept(session).pots[0].budget_limit_oere == 20_000_000

    page = admin.submit(admin.read(f"{HERE}/puljer/{pot.id}"), button="Fjern puljen")
    assert "Puljen er fjernet." in page.html
    assert kept(session).pots == []


def test_a_pot_of_another_round_is_not_found(session, admin, new):
    other = make.budget_round(session, Phase.DRAFT, slug="anden")

    admin.read(f"{HERE}/puljer/{other.pots[0].id}", status=404)


def test_another_age_is_written(session, admin, new):
    admin.submit(admin.read(f"{HERE}/hvem-maa-stemme"), {"min_age": "other", "other_age": "12"})

    assert kept(session).min_age == 12


def test_the_count_waits_for_the_ballot(admin, new):
    page = admin.read(f"{HERE}/optaellingsregel")

    assert page.heading == "Stemmeseddel"
    assert "Vælg stemmesedlen først." in page.html


@pytest.mark.parametrize(
    ("ballot", "rule", "utility", "completion"),
    [
        ("approval", "greedy", "cost", "none"),
        ("approval", "equal-shares", "cost", "add1"),
        ("ordinal", "greedy", "borda-cost", "none"),
        ("approval", "phragmen", "cardinality", "none"),
        ("ordinal", "expanding-approvals", "borda", "none"),
        ("knapsack", "greedy", "cost", "none"),
        ("knapsack", "phragmen", "cardinality", "none"),
        ("cumulative", "greedy", "points-cost", "none"),
        ("cumulative", "minimal-transfers", "points", "none"),
        ("scoring", "greedy", "points-cost", "none"),
        ("scoring", "equal-shares", "points-cost", "add1"),
    ],
)
def test_ballot_and_count_are_chosen_with_what_fits(
    session, admin, new, ballot, rule, utility, completion
):
    admin.submit(admin.read(f"{HERE}/stemmeseddel"), {"ballot_type": ballot})
    admin.submit(admin.read(f"{HERE}/optaellingsregel"), {"rule": rule})

    chosen = kept(session)
    limits = {"approval": (3, 10), "ordinal": (3, 10), "scoring": (3, 0)}.get(ballot, (1, 0))
    assert chosen.ballot_type == ballot
    assert (chosen.min_choices, chosen.max_choices) == limits
    assert (chosen.rule, chosen.utility, chosen.completion) == (rule, utility, completion)
    assert chosen.ties == "cost,votes,id"


def test_what_another_kind_of_ballot_has_is_not_asked_for(session, admin, new):
    typed = {"ballot_type": "knapsack", "min_choices": "", "votes_each": "mange"}
    admin.submit(admin.read(f"{HERE}/stemmeseddel"), typed)

    assert kept(session).ballot_type is BallotType.KNAPSACK


def test_a_scale_and_what_it_asks_are_kept_and_shown_again(session, admin, new):
    typed = {"ballot_type": "scoring", "lowest_points": "0", "must_score_all": "y"}
    admin.submit(admin.read(f"{HERE}/stemmeseddel"), typed)

    assert (kept(session).lowest_points, kept(session).must_score_all) == (0, True)
    page = admin.read(f"{HERE}/stemmeseddel")
    assert page.form().as_it_stands()["lowest_points"] == "0"
    assert "Giv alle projekter fra 0 til 5 point" in admin.read(f"{HERE}/klargoer").text


def test_a_rule_that_cannot_read_the_ballot_is_not_offered(admin, draft):
    page = admin.read(f"{HERE}/optaellingsregel")

    assert "phragmen" in page.html
    assert "expanding-approvals" not in page.html
    admin.submit(page, {"rule": "expanding-approvals"}, status=422)


def test_equal_shares_is_fine_tuned(session, admin, draft):
    wanted = {
        "rule": "equal-shares",
        "completion": "add1-greedy",
        "stop": "exhaustive",
        "comparison": "cost",
        "least_votes": "7",
    }
    admin.submit(admin.read(f"{HERE}/optaellingsregel"), wanted)

    chosen = kept(session)
    assert (chosen.completion, chosen.stop, chosen.comparison) == (
        "add1-greedy",
        "exhaustive",
        "cost",
    )
    assert chosen.least_votes == 0


def test_most_votes_first_may_ask_more_of_a_project(session, admin, draft):
    wanted = {"rule": "greedy", "misfit": "stop", "least_votes": "20", "least_percent": "5"}
    admin.submit(admin.read(f"{HERE}/optaellingsregel"), wanted)

    chosen = kept(session)
    assert (chosen.no_skip, chosen.least_votes, chosen.least_percent) == (True, 20, 5)


def test_most_votes_first_may_have_a_reserve_give_parts_and_know_of_groups(session, admin, draft):
    wanted = {"rule": "greedy", "misfit": "reserve", "in_part": "y", "has_groups": "y"}
    admin.submit(admin.read(f"{HERE}/optaellingsregel"), wanted)

    chosen = kept(session)
    assert (chosen.no_skip, chosen.reserve_percent) == (True, 80)
    assert (chosen.in_part, chosen.has_groups) == (True, True)
    told = admin.read(f"{HERE}/aabn").text
    assert "får penge fra en reserve, hvis puljen kan betale mindst 80 %" in told
    assert "Projekter kan udelukke hinanden" in told


@pytest.mark.parametrize(("field", "typed"), [("reserve_percent", "0"), ("reserve_percent", "x")])
def test_a_reserve_that_helps_with_nothing_is_refused_and_shown(
    session, admin, draft, field, typed
):
    wanted = {"rule": "greedy", "misfit": "reserve", "in_part": "y", field: typed}
    page = admin.submit(admin.read(f"{HERE}/optaellingsregel"), wanted, status=422)

    assert page.form().as_it_stands()[field] == typed
    assert page.form().as_it_stands()["in_part"] == "y"
    assert page.soup.find(id=field).find_parent("details").has_attr("open")
    assert kept(session).reserve_percent == 0


def test_a_cap_is_set_and_taken_away(session, admin, draft):
    page = admin.read(f"{HERE}/optaellingsregel/lofter")
    limit = {"category": "Idræt", "limit": "50.000"}
    page = admin.submit(page, limit, button="Sæt loftet")
    assert "Højst 50.000 kr. til Idræt" in page.text

    twice = {"category": "Idræt", "limit": "40.000"}
    page = admin.submit(page, twice, button="Sæt loftet", status=422)
    assert page.form(button="Sæt loftet").as_it_stands()["limit"] == "40.000"
    assert "Der er allerede et loft for „Idræt“" in page.text

    assert [cap.limit_oere for pot in kept(session).pots for cap in pot.caps] == [5_000_000]
    admin.submit(page, button="Fjern loftet for Idræt")
    assert [cap for pot in kept(session).pots for cap in pot.caps] == []


def test_a_share_over_all_voters_is_refused_where_it_can_be_seen(session, admin, draft):
    wanted = {"rule": "greedy", "least_percent": "101"}
    page = admin.submit(admin.read(f"{HERE}/optaellingsregel"), wanted, status=422)

    assert page.form().as_it_stands()["least_percent"] == "101"
    assert kept(session).least_percent == 0


def test_another_ballot_asks_for_the_count_again(admin, draft):
    admin.submit(admin.read(f"{HERE}/stemmeseddel"), {"ballot_type": "ordinal"})

    page = admin.read(f"{HERE}/klargoer")
    assert page.link("Vælg, hvordan stemmerne tælles, og hvad der gælder ved lighed.")


def test_the_timetable_is_suggested_and_saved(session, admin, new):
    page = admin.read(f"{HERE}/tidsplan")
    assert "Datoerne er et forslag." in page.text

    admin.submit(page)
    assert kept(session).voting_opens < kept(session).voting_closes


def test_the_rest_is_suggested_from_the_first_day(admin, new):
    page = admin.submit(
        admin.read(f"{HERE}/tidsplan"),
        {"proposing_opens": "2030-01-07T08:00", "voting_closes": "pjat"},
        button="Foreslå resten",
    )

    assert page.form().as_it_stands()["voting_closes"] == "2030-03-17T23:59"


def test_a_moment_out_of_order_is_told_at_its_own_field(admin, new):
    page = admin.submit(
        admin.read(f"{HERE}/tidsplan"), {"voting_closes": "2027-01-01T10:00"}, status=422
    )

    error = page.soup.find(id="voting_closes-error")
    assert "Vælg et tidspunkt efter „Afstemningen åbner“" in error.text


def test_the_second_writer_sees_what_stands_there_and_may_save_again(session, admin, draft):
    page = admin.read(f"{HERE}/ramme")
    other = admin.read(f"{HERE}/ramme")
    admin.submit(other, {"decision": "Den første"})

    told = admin.submit(page, {"decision": "Den anden"}, status=422)
    assert "Den første" in told.text
    assert told.form().as_it_stands()["decision"] == "Den anden"

    admin.submit(told)
    assert kept(session).frame_decision == "Den anden"


def test_a_version_that_was_tampered_with_overwrites_nothing(session, admin, draft):
    page = admin.read(f"{HERE}/ramme")

    admin.submit(page, {"version": "x", "decision": "Overskrevet"}, status=422)
    assert kept(session).frame_decision != "Overskrevet"


def test_the_text_is_never_cut(admin, new):
    page = admin.submit(admin.read(f"{HERE}/tekster"), {"summary": "x" * 301}, status=422)

    assert any("Der er 1 for meget" in error for error in page.errors)
    assert len(page.form().as_it_stands()["summary"]) == 301


@pytest.mark.parametrize(
    ("rule", "completion", "winners"),
    [("greedy", "none", {"legeplads", "hytte"}), ("equal-shares", "add1", {"legeplads", "café"})],
)
def test_the_tiny_example_is_what_the_count_says(rule, completion, winners):
    instance = Instance(
        budget_limit=10_000_000,
        projects=(
            Project("legeplads", 6_000_000),
            Project("hytte", 4_000_000),
            Project("café", 4_000_000),
        ),
    )
    ballots = [Ballot(("legeplads", "hytte"))] * 5 + [Ballot(("legeplads",))]
    profile = Profile(BallotType.APPROVAL, (*ballots, *[Ballot(("café",))] * 4))

    outcome = count(instance, profile, RuleSettings(rule, "cost", completion))

    assert set(outcome.winners) == winners


def test_an_age_out_of_reach_is_known_to_the_page_and_the_service():
    assert setting_up.LOWEST_AGE < 10 < setting_up.HIGHEST_AGE
