"""The result that everyone reads, and the files to count it again."""

import csv
import io

import pytest

from budgeting.models import Project
from budgeting.rulebook import tally_settings
from budgeting.services import results as result_service
from budgeting.services import rounds
from budgeting.tally import count, pabulib
from budgeting.vocabulary import BallotType, Completion, Phase, Publication, Rule
from tests import make, results

PAGE = "/runder/nordby-2026/resultat"


def test_the_heading_says_the_outcome(client, session):
    results.published(session)

    page = client.read(PAGE)

    assert page.heading == "3 projekter står til at få penge"
    assert "Projekterne koster 150.000 kr. tilsammen, og der er 150.000 kr. at dele ud af." in (
        page.text
    )


def test_every_project_has_its_why(client, session):
    results.published(session)

    page = client.read(PAGE)

    told = [line.get_text(" ", strip=True) for line in page.soup.select(".outcome-why .more-body")]
    assert len(told) == 5
    assert told[0].startswith("Hvorfor: Fik 3 stemmer, lige så mange som Lektiecafé.")


@pytest.mark.parametrize("is_decided", [False, True])
def test_the_list_of_contents_leads_to_what_is_there(client, session, is_decided):
    (results.adopted if is_decided else results.published)(session)

    page = client.read(PAGE)

    places = [link["href"].removeprefix("#") for link in page.soup.select(".contents a")]
    assert len(places) == (5 if is_decided else 4)
    assert all(page.soup.find(id=place) for place in places)


def test_the_steps_are_walked_with_links(client, session):
    results.published(session)
    first = client.read(PAGE)
    assert "Trin 1 af 4" in first.text

    second = client.read(first.link("Næste").partition("#")[0])

    assert "Trin 2 af 4" in second.text
    assert "Der var kun" in second.text
    assert "trin=1" in second.link("Forrige")


@pytest.mark.parametrize("step", ["0", "-3", "999", "tre", "9" * 40])
def test_a_step_that_is_not_there_shows_one_that_is(client, session, step):
    results.published(session)

    assert "Trin " in client.read(f"{PAGE}?trin={step}").text


def test_ties_are_told_in_words(client, session):
    results.published(session)

    assert "Gåbus og Lektiecafé stod lige i trin 1." in client.read(PAGE).text


def test_turnout_stands_beside_the_roll(client, session):
    results.published(session, voters=20)

    assert "5 af 20 på valglisten stemte, det er 25 %" in client.read(PAGE).text


def test_few_voters_are_not_counted_out_loud(client, session):
    results.published(session, ballots=(("1",), ("2",)), voters=20)

    page = client.read(PAGE)

    assert "Færre end 5 har stemt" in page.text
    assert "Kuverter i urnen" not in page.text


def test_the_rule_and_its_fingerprint_stand_on_the_page(client, session):
    made = results.published(session)

    page = client.read(PAGE)

    assert "Flest stemmer først" in page.text
    assert rounds.frozen_version(session, made.budget_round).fingerprint in page.text


def test_the_councils_list_stands_beside_the_votes(client, session):
    results.adopted(session, departures={"1": "Skolen har fundet pengene selv."})

    page = client.read(PAGE)

    assert page.heading == "2 projekter får penge"
    assert "Ved 1 projekt valgte byrådet noget andet end afstemningen." in page.text
    row = next(row for row in page.soup.select("#byraadet tbody tr") if "Gåbus" in row.text)
    assert [cell.get_text(" ", strip=True) for cell in row.find_all("td")][1:] == [
        "Får penge",
        "Får ikke penge Anderledes",
        "Skolen har fundet pengene selv.",
    ]


def test_pots_are_told_one_by_one(client, session):
    results.published(session, pots=(("Nordby", 150_000), ("Sydby", 90_000)))

    page = client.read(PAGE)

    headings = [heading.get_text(strip=True) for heading in page.soup.find_all("h2")]
    assert "Puljen Nordby: 3 projekter står til at få penge" in headings
    assert "Puljen Sydby: Ingen projekter får penge denne gang" in headings


def test_equal_shares_tells_what_each_share_was(client, session):
    results.published(session, rule=Rule.EQUAL_SHARES, completion=Completion.ADD1)
    assert "Puljen blev delt lige mellem de 5 vælgere" in client.read(PAGE).text


def test_ranked_ballots_are_told_in_points(client, session):
    results.published(session, ballot_type=BallotType.ORDINAL)

    assert "Fik 15 point, flest." in client.read(PAGE).text


def test_a_page_of_no_votes_at_all_stands(client, session):
    results.published(session, ballots=(), voters=3)

    page = client.read(PAGE)

    assert page.heading == "Ingen projekter får penge denne gang"
    assert "Puljen står urørt." in page.text


def test_english_is_told_in_english(client, session):
    results.published(session)
    client.set_cookie("language", "en")

    assert client.read(PAGE).soup.html["lang"] == "en"


@pytest.mark.parametrize("phase", [Phase.VOTING, Phase.COUNTING])
def test_there_is_no_result_before_it_is_published(client, session, phase):
    made = make.budget_round(session, phase)

    client.read(PAGE, status=403)
    for ending in ("csv", "pb"):
        assert client.get(f"{PAGE}/{made.pots[0].id}.{ending}").status_code == 403


def test_the_spreadsheet_opens_in_danish_and_runs_nothing(client, session):
    made = results.published(session)
    session.get(Project, made.projects[0].id).title = '=HYPERLINK("http://x")'
    session.commit()

    answer = client.get(f"{PAGE}/{made.pots[0].id}.csv")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert "resultat-nordby-2026-puljen-nordby.csv" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 5
    assert rows[0]["Projekt"] == '\'=HYPERLINK("http://x")'
    assert (rows[0]["Pris i DKK"], rows[0]["Stemmer"]) == ("40000,00", "3")
    assert rows[0]["Byrådet siger"] == "ikke besluttet endnu"


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"rule": Rule.EQUAL_SHARES, "completion": Completion.ADD1},
        {"ballot_type": BallotType.ORDINAL},
    ],
)
def test_the_ballots_counted_again_give_the_same_winners(client, session, wanted):
    made = results.published(session, **wanted)

    answer = client.get(f"{PAGE}/{made.pots[0].id}.pb")
    election = pabulib.read(answer.data)

    assert answer.content_type == "text/plain; charset=utf-8"
    assert "resultat-nordby-2026-puljen-nordby.pb" in answer.headers["Content-Disposition"]
    rule = rounds.rulebook_of(session, made.budget_round).tally
    again = count(
        election.instance,
        election.profile,
        tally_settings.settings_of(rule, made.budget_round.lot_seed),
    )
    published = result_service.find_result(session, made.budget_round, made.pots[0].id)
    assert again.winners == published.outcome.winners
    assert {one for one, chosen in election.selected.items() if chosen} == set(again.winners)


def test_the_file_says_how_it_was_counted_and_names_nobody(client, session):
    made = results.published(session)

    text = client.get(f"{PAGE}/{made.pots[0].id}.pb").text

    assert "rule;greedy" in text
    assert "ties;cost,votes,id" in text
    assert [line.partition(";")[0] for line in text.partition("VOTES")[2].split()[1:]] == list(
        "12345"
    )
    assert "1001" not in text


def test_a_pot_of_another_round_is_not_here(client, session):
    results.published(session)
    client.read(f"{PAGE}/4711.csv", status=404)
    client.read(f"{PAGE}/4711.pb", status=404)


@pytest.mark.parametrize(
    ("ballot_type", "ballots", "columns"),
    [
        (BallotType.CUMULATIVE, ({"1": 3, "2": 1}, {"1": 1}), {"Vælgere": "2", "Stemmer": "4"}),
        (BallotType.SCORING, ({"1": 5, "2": 1}, {"1": 4}), {"Stemmer": "2", "Point": "9"}),
        (BallotType.KNAPSACK, (("1", "4"), ("1",)), {"Stemmer": "2", "Point": ""}),
    ],
)
def test_the_spreadsheet_tells_people_from_what_they_gave(
    client, session, ballot_type, ballots, columns
):
    made = results.published(session, ballots=ballots, ballot_type=ballot_type)

    answer = client.get(f"{PAGE}/{made.pots[0].id}.csv")

    rows = csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";")
    row = next(row for row in rows if row["Projektnummer"] == "1")
    assert columns.items() <= row.items()


def test_groups_of_ballots_with_points_show_the_points(client, session):
    made = results.published(
        session,
        ballots=({"1": 3, "2": 1},) * 6,
        ballot_type=BallotType.CUMULATIVE,
        publication=Publication.GROUPED,
    )

    answer = client.get(f"{PAGE}/{made.pots[0].id}/grupper.csv")

    assert "1: 3, 2: 1" in answer.get_data().decode("utf-8-sig")
