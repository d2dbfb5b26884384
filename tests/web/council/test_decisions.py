"""The council decides on one page, looks it through, and adopts it once."""

import pytest

from budgeting.models import AuditEvent, Count, Decision
from budgeting.services import results as results_service
from budgeting.tally import counting
from budgeting.vocabulary import Phase, Role
from tests import make, results
from tests.web.visits import signed_in

SHOW = "/byraad/nordby-2026"
REFERENCE = "Byrådet den 4. juni, punkt 7"


@pytest.fixture
def made(session):
    return results.published(session)


@pytest.fixture
def chamber(app, made):
    return signed_in(app, made.people[Role.COUNCIL])


def look_through(chamber, changes=None, *, status=200):
    wanted = {"reference": REFERENCE} | (changes or {})
    return chamber.submit(chamber.read(SHOW), wanted, status=status)


def field_of(project, name="choice"):
    return f"{name}_{project.id}"


def test_the_list_says_which_round_waits(chamber):
    assert "Venter på byrådet" in chamber.read("/byraad/").text


def test_the_page_is_set_to_what_the_citizens_voted(chamber, made):
    form = chamber.read(SHOW).form().as_it_stands()

    assert form[field_of(made.projects[0])] == "funded"
    assert form[field_of(made.projects[1])] == "unfunded"


def test_the_decision_is_looked_through_before_it_counts(session, chamber):
    page = look_through(chamber)

    assert page.heading == "Se beslutningen igennem"
    assert "Puljen Nordby: 150.000 kr. af 150.000 kr." in page.text
    assert session.query(Decision).count() == 0


def test_it_may_be_mended_without_losing_anything(chamber, made):
    first = made.projects[0]
    page = look_through(
        chamber, {field_of(first): "unfunded", field_of(first, "reason"): "Vejen lukkes."}
    )

    again = chamber.submit(page, button="Ret")

    kept = again.form().as_it_stands()
    assert kept["reference"] == REFERENCE
    assert kept[field_of(first)] == "unfunded"
    assert kept[field_of(first, "reason")] == "Vejen lukkes."


def test_adopting_makes_it_public(session, chamber, client):
    page = chamber.submit(look_through(chamber), button="Vedtag beslutningen")

    assert page.heading == "Byrådet har besluttet"
    assert session.query(Decision).count() == 5
    assert client.read("/runder/nordby-2026/resultat").heading == "3 projekter får penge"


def test_a_departure_keeps_its_reason(session, chamber, made):
    first = made.projects[0]
    page = look_through(
        chamber, {field_of(first): "unfunded", field_of(first, "reason"): "Vejen lukkes."}
    )

    chamber.submit(page, button="Vedtag beslutningen")

    line = session.get(Decision, first.id)
    assert (line.adopted, line.reason) == (False, "Vejen lukkes.")


def test_a_departure_without_reason_is_refused_at_its_project(chamber, made):
    first = made.projects[0]

    page = look_through(chamber, {field_of(first): "unfunded"}, status=422)

    assert page.errors == [
        "Skriv, hvorfor byrådet vil noget andet end afstemningen. Borgerne læser begrundelsen."
    ]
    assert page.link("Skriv, hvorfor") == f"#{field_of(first, 'reason')}"
    assert page.form().as_it_stands()[field_of(first)] == "unfunded"


def test_more_than_the_pot_holds_is_refused(chamber, made):
    dear = made.projects[1]

    page = look_through(
        chamber, {field_of(dear): "funded", field_of(dear, "reason"): "Den er god."}, status=422
    )

    assert page.errors == [
        "I Puljen Nordby koster de valgte projekter 120.000 kr. mere, end der er. Vælg et fra."
    ]


def test_the_meeting_must_be_named(chamber):
    page = look_through(chamber, {"reference": " "}, status=422)

    assert page.errors == ["Skriv mødets dato og punkt, så andre kan finde beslutningen."]


def test_everything_to_mend_is_told_at_once(chamber, made):
    first = made.projects[0]

    page = look_through(chamber, {field_of(first): "unfunded", "reference": ""}, status=422)

    assert len(page.errors) == 2
    assert (
        page.soup.find("textarea", id=field_of(first, "reason"))
        .find_parent("details")
        .has_attr("open")
    )


def test_a_double_click_adopts_once(session, chamber):
    page = look_through(chamber)
    chamber.submit(page, button="Vedtag beslutningen")

    again = chamber.submit(page, button="Vedtag beslutningen", status=403)

    assert "Beslutningen kan læses af alle." in again.text
    assert session.query(AuditEvent).filter_by(deed="adopt_result").count() == 1


def test_what_was_changed_on_the_way_is_checked_again(session, chamber, made):
    page = look_through(chamber)

    chamber.submit(
        page, {field_of(made.projects[0]): "unfunded"}, button="Vedtag beslutningen", status=422
    )

    assert session.query(Decision).count() == 0


def test_the_same_ballots_by_other_rules_are_shown_for_comparison(chamber):
    page = chamber.read(f"{SHOW}/andre-regler")

    heads = [head.get_text(" ", strip=True) for head in page.soup.select("tbody th")]
    assert heads[:5] == [
        "Flest stemmer først Rundens regel",
        "Lige andele (resten gives ikke ud)",
        "Lige andele (andelene hæves lidt ad gangen)",
        "Lige andele (andelene hæves, og resten går til flest stemmer)",
        "Phragméns metode",
    ]
    assert "Fik mindst ét af deres projekter" in page.text


def test_the_comparison_is_worked_out_at_the_count_and_only_read_afterwards(
    session, chamber, made, monkeypatch
):
    monkeypatch.setattr(counting, "count", None)
    rows = results_service.results_of(session, made.budget_round)[0].count.comparison

    assert rows[0]["settings"]["rule"] == "greedy"
    assert {row["settings"]["rule"] for row in rows} == {"greedy", "equal-shares", "phragmen"}
    chamber.read(f"{SHOW}/andre-regler")


def test_a_count_without_a_comparison_says_so(session, chamber, made):
    counted = session.get(Count, made.pots[0].id)
    counted.comparison = None
    session.commit()

    assert "For denne pulje er den ikke lavet." in chamber.read(f"{SHOW}/andre-regler").text


def test_a_group_that_got_less_than_its_share_is_told_of_without_blame(app, session):
    ballots = [("1",)] * 6 + [("2",)] * 4
    made = results.published(
        session, ballots=ballots, pots=(("Nordby", 100_000),), costs=(100_000, 40_000, 1, 1, 1)
    )
    page = signed_in(app, made.people[Role.COUNCIL]).read(f"{SHOW}/andre-regler")

    assert "En lille gruppe var enig om" in page.text


@pytest.mark.parametrize("address", [SHOW, f"{SHOW}/andre-regler"])
def test_before_the_result_there_is_nothing_to_decide(app, session, address):
    make.budget_round(session, Phase.VOTING)
    member = signed_in(app, make.account(session, Role.COUNCIL))

    assert member.read(address).heading == "Der er ikke noget resultat endnu"


def test_an_administrator_does_not_decide(app, made):
    signed_in(app, made.people[Role.ADMIN]).read(SHOW, status=403)
