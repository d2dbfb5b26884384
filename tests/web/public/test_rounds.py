"""The page of a round, its rules, and what is promised about the vote."""

import hashlib

import pytest

from budgeting.services import rounds
from budgeting.vocabulary import BallotType, Completion, Phase, Role, Rule
from tests import make
from tests.web import visits

ROUND = "/runder/nordby-2026"
OPENED = [phase for phase in Phase if phase is not Phase.DRAFT]


def frozen(session, made):
    return rounds.frozen_version(session(), made.budget_round)


@pytest.mark.parametrize("phase", OPENED)
def test_a_round_can_be_read_in_every_phase(client, session, phase):
    make.budget_round(session, phase)

    page = client.read(ROUND)

    assert page.heading == "Runden nordby-2026"
    assert len(page.soup.select("main .button-primary")) <= 1


@pytest.mark.parametrize(
    ("phase", "title"),
    [(Phase.PROPOSING, "Foreslå"), (Phase.VOTING, "Stem"), (Phase.COUNTING, "Optælling")],
)
def test_the_time_line_shows_where_the_round_is(client, session, phase, title):
    make.budget_round(session, phase)

    now = client.read(ROUND).soup.select("ol.time-line [aria-current=step] .stage-title")

    assert [each.get_text() for each in now] == [title]


def test_a_draft_is_unknown_also_on_its_public_pages(client, session):
    make.budget_round(session, Phase.DRAFT)

    for address in (ROUND, f"{ROUND}/spilleregler", f"{ROUND}/hemmelig-stemme"):
        client.read(address, status=404)


def test_an_unknown_round_is_told_in_plain_words(client):
    page = client.read("/runder/findes-ikke", status=404)

    assert "Traceback" not in page.html


def test_a_voter_is_told_to_have_the_letter_ready(client, session):
    make.budget_round(session, Phase.VOTING)

    page = client.read(ROUND)

    assert page.link("Stem nu") == f"{ROUND}/stem"
    assert "Du skal bruge koden fra dit brev." in page.text


def test_the_pots_are_drawn_as_bars_with_their_sums_in_words(client, session):
    make.budget_round(session, Phase.VOTING)

    page = client.read(ROUND)

    drawn = [bar["width"] for bar in page.soup.select("svg.pot-bar rect.bar-tone-1")]
    assert drawn == ["100.00%", "50.00%"]
    assert "300.000 kr." in page.text
    assert "150.000 kr." in page.text


def test_the_rules_say_who_may_vote(client, session):
    make.budget_round(session, Phase.VOTING, min_age=13)

    text = client.read(ROUND).text

    assert "hvis du er fyldt 13 år og bor i Nordby eller Sydby" in text
    assert "Du stemmer om puljen for det område, hvor du bor." in text


def test_a_pot_for_everyone_is_for_the_whole_town(client, session):
    make.budget_round(session, Phase.VOTING, min_age=15, for_everyone=("Nordby",))

    text = client.read(ROUND).text

    assert "Alle fra 15 år, der bor i kommunen, kan stemme." in text


@pytest.mark.parametrize(
    ("ballot_type", "low", "high", "sentence"),
    [
        (BallotType.APPROVAL, 1, 3, "Sæt kryds ved mindst 1 og højst 3 projekter."),
        (BallotType.APPROVAL, 2, 2, "Sæt kryds ved 2 projekter."),
        (BallotType.APPROVAL, 1, 1, "Sæt kryds ved ét projekt."),
        (BallotType.APPROVAL, 1, 5, "Sæt kryds ved et projekt eller flere."),
        (BallotType.ORDINAL, 1, 3, "Sæt mindst 1 og højst 3 projekter i rækkefølge."),
        (BallotType.ORDINAL, 3, 3, "Sæt 3 projekter i rækkefølge."),
    ],
)
def test_the_rules_say_how_many_to_choose(client, session, ballot_type, low, high, sentence):
    make.budget_round(
        session, Phase.VOTING, ballot_type=ballot_type, min_choices=low, max_choices=high
    )

    assert sentence in client.read(ROUND).text


SCALE = {"max_choices": 0, "lowest_points": 0, "highest_points": 3}


@pytest.mark.parametrize(
    ("ballot_type", "ballot", "sentences"),
    [
        (BallotType.KNAPSACK, {}, ["så længe de tilsammen ikke koster mere, end der er i puljen."]),
        (
            BallotType.CUMULATIVE,
            {"votes_each": 2, "most_per_project": 2},
            ["Du har 2 stemmer at fordele. De må godt gå til det samme projekt alle sammen."],
        ),
        (
            BallotType.CUMULATIVE,
            {"votes_each": 5, "most_per_project": 3},
            ["Du kan give det samme projekt op til 3 stemmer.", "Vi lægger alle stemmer sammen"],
        ),
        (
            BallotType.SCORING,
            SCALE | {"min_choices": 3},
            ["Giv projekterne fra 0 til 3 point.", "Giv point til mindst 3 projekter."],
        ),
        (
            BallotType.SCORING,
            SCALE | {"must_score_all": True},
            ["Din stemme tæller kun, hvis du har givet point til alle projekter."],
        ),
    ],
)
@pytest.mark.parametrize("page", [ROUND, f"{ROUND}/spilleregler"])
def test_the_rules_say_what_there_is_to_give(client, session, page, ballot_type, ballot, sentences):
    make.budget_round(session, Phase.VOTING, ballot_type=ballot_type, ballot=ballot)

    text = client.read(page).text

    assert all(sentence in text for sentence in sentences)


def test_the_rules_name_the_count_and_the_order_at_ties(client, session):
    make.budget_round(session, Phase.VOTING, rule=Rule.EQUAL_SHARES, completion=Completion.ADD1)

    text = client.read(ROUND).text

    assert "En lige stor del til hver" in text
    assert text.index("Det billigste projekt") < text.index("Det projekt, som flest vælgere")


def test_a_number_of_points_is_told_from_the_longest_ballot(client, session):
    make.budget_round(session, Phase.VOTING, ballot_type=BallotType.ORDINAL)

    assert "Er der 5 projekter, giver din førsteplads 5 point" in client.read(ROUND).text


def test_the_fingerprint_stands_in_groups_and_is_that_of_the_file(client, session):
    made = make.budget_round(session, Phase.VOTING)
    page = client.read(f"{ROUND}/spilleregler")

    file = client.get(page.link("Hent spillereglerne som fil"))

    shown = page.soup.select_one("span.fingerprint").get_text()
    assert shown.replace(" ", "") == hashlib.sha256(file.data).hexdigest()
    assert shown.replace(" ", "") == frozen(session, made).fingerprint
    assert len(shown.split()) == 16


def test_the_file_is_the_frozen_text_and_nothing_else(client, session):
    made = make.budget_round(session, Phase.VOTING)

    file = client.get(f"{ROUND}/spilleregler.json")

    assert file.data.decode() == frozen(session, made).canonical_json
    assert file.mimetype == "application/json"
    assert "spilleregler-nordby-2026.json" in file.headers["Content-Disposition"]


def test_the_promise_names_the_one_officer_and_what_is_not_promised(client, session):
    make.budget_round(session, Phase.VOTING)

    page = client.read(client.read(ROUND).link("Læs, hvad vi lover"))

    assert "har én nøgleperson nøglen til urnen" in page.text
    assert "kan lægge en falsk kuvert i urnen" in page.text
    assert "Systemet er ikke lavet til valg efter valgloven." in page.text


def test_an_imported_election_names_its_source_and_only_its_days_of_voting(client, session):
    make.budget_round(session, Phase.REALISING).budget_round.source = "Pabulib, Assen 2024"

    page = client.read(ROUND)

    stages = [each.get_text() for each in page.soup.select(".time-line .stage-title")]
    assert stages == ["Afstemning"]
    assert "Kilde: Pabulib, Assen 2024" in page.text
    assert "Hvem kan stemme?" not in page.text
    assert "Vedtaget" not in page.text


def test_ways_on_lead_only_to_what_is_open(client, session):
    make.budget_round(session, Phase.PROPOSING)

    assert not any("projekter" in text for text in client.read(ROUND).link_texts())


def test_help_is_to_be_had_by_phone_and_mail(client, session):
    make.budget_round(session, Phase.VOTING)

    page = client.read(ROUND)

    assert page.link("12 34 56 78") == "tel:12345678"
    assert page.link("hjaelp@example.org") == "mailto:hjaelp@example.org"


def test_an_administrator_does_not_find_a_draft_among_the_public_pages(app, client, session):
    made = make.budget_round(session, Phase.DRAFT)
    admin = make.account(session, Role.ADMIN)
    visits.sign_in(client, admin)

    client.read(f"/runder/{made.budget_round.slug}", status=404)


def test_an_imported_election_is_not_said_to_have_been_opened_by_us(client, session):
    make.budget_round(session, Phase.REALISING).budget_round.source = "Pabulib, Assen 2024"

    for address in (ROUND, f"{ROUND}/spilleregler"):
        text = client.read(address).text
        assert "da valget blev lagt ind her" in text
        assert "Du kan ændre din stemme" not in text
