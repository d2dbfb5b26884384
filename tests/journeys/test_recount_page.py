"""A reader counts a published result again in their own browser, with and without a net."""

import pytest
from playwright.sync_api import expect

from budgeting.extensions import db
from budgeting.vocabulary import BallotType, Completion, Publication, Rule
from tests import results
from tests.verify import bundles

RESULT = "/runder/nordby-2026/resultat"
PAGE = f"{RESULT}/tael-selv-efter"
BUNDLE = f"{RESULT}.zip"
POTS = (("Nordby", 150_000), ("Sydby", 90_000))
OUTCOME, BALLOTS = "pots/1/outcome.json", "pots/1/ballots.pb"


def publish(house, **wanted):
    with house.inside():
        results.published(db.session, **wanted)


def start(visitor):
    visitor.page.locator("#recount-start").click()


def says(visitor, words):
    expect(visitor.page.locator("#recount-state")).to_contain_text(words)


def test_a_reader_presses_one_button_and_every_pot_is_green(house, visitor):
    publish(house, pots=POTS)
    visitor.open(RESULT)
    visitor.press("Tæl selv efter her i din browser")
    visitor.see_heading("Tæl selv efter")

    start(visitor)

    says(visitor, "Færdig: Din computer er kommet til det samme")
    expect(visitor.page.locator("#recount-told .notice-success")).to_have_count(len(POTS))
    visitor.see("Puljen Nordby", "de samme projekter", "Puljen Sydby")
    visitor.look()


def test_with_the_net_off_a_chosen_file_is_counted_and_a_false_one_is_red(house, visitor):
    publish(house, rule=Rule.EQUAL_SHARES, completion=Completion.ADD1)
    visitor.page.goto(house.address + PAGE)
    bundle = visitor.page.request.get(house.address + BUNDLE).body()
    visitor.page.wait_for_load_state("networkidle")
    visitor.page.context.set_offline(True)
    visitor.page.get_by_text("Brug en fil, du selv har hentet").click()

    choose(visitor, bundle)
    says(visitor, "Færdig: Din computer er kommet til det samme")

    choose(visitor, bundles.packed(bundles.edited(bundles.unpacked(bundle), OUTCOME, other_score)))
    says(visitor, "Færdig: Din computer er kommet til noget andet")
    visitor.see("Trin", "1", "Gåbus", "Projektets støtte", "Det offentliggjorte siger", "7")
    visitor.look()


def test_a_file_of_ballots_alone_is_counted_as_it_says(house, visitor):
    publish(house)
    visitor.page.goto(house.address + PAGE)
    bundle = visitor.page.request.get(house.address + BUNDLE).body()
    ballots = bundles.unpacked(bundle)[BALLOTS]
    visitor.page.get_by_text("Brug en fil, du selv har hentet").click()

    choose(visitor, ballots)
    says(visitor, "Færdig: Din computer er kommet til det samme")
    visitor.see("De samme projekter får penge. Filen med stemmesedler siger ikke mere")

    before, heading, after = ballots.partition(b"PROJECTS")
    choose(visitor, before + heading + after.replace(b";1\n", b";0\n", 1))
    says(visitor, "Færdig: Din computer er kommet til noget andet")
    visitor.see("Om projektet får penge", "ja", "nej")

    choose(visitor, ballots.replace(b"rulebook_sha256;", b"rulebook_sha256;0"))
    visitor.see("Filen hører til en anden runde")


def choose(visitor, content):
    field = visitor.page.get_by_label("Filen med resultatet")
    field.set_input_files(
        {"name": "file", "mimeType": "application/octet-stream", "buffer": content}
    )


def other_score(said):
    said["steps"][0]["score"] = "7/1"


def test_the_keyboard_is_enough_to_stop_and_begin_again(house, visitor):
    publish(house, rule=Rule.EQUAL_SHARES, completion=Completion.ADD1)
    visitor.page.goto(house.address + PAGE)
    visitor.tab_to("Tæl stemmerne igen")

    visitor.touch_key("Enter")
    visitor.touch_key("Enter")
    says(visitor, "standset")
    expect(visitor.page.locator("#recount-start")).to_be_focused()

    visitor.touch_key("Enter")
    says(visitor, "Færdig")


@pytest.mark.parametrize("level", [Publication.GROUPED, Publication.TOTALS])
def test_where_ballots_are_kept_back_the_page_says_what_it_can_check(house, visitor, level):
    publish(house, publication=level)
    visitor.page.goto(house.address + RESULT)
    visitor.page.get_by_role("link", name="Efterprøv tallene her i din browser").click()

    start(visitor)

    says(visitor, "Færdig: Det, der kan efterprøves, passer")
    visitor.see("De enkelte stemmesedler er ikke offentlige")
    visitor.look()


def test_a_rule_the_page_cannot_count_is_said_plainly(house, visitor):
    publish(house, rule=Rule.EXPANDING_APPROVALS, ballot_type=BallotType.ORDINAL)
    visitor.page.goto(house.address + PAGE)

    start(visitor)

    says(visitor, "Færdig: Siden kan ikke tælle det hele")
    visitor.see("siden ikke kan regne efter: Udvidet godkendelse")


def test_without_javascript_the_page_points_to_the_program(house, new_visitor):
    publish(house)
    reader = new_visitor(has_javascript=False)
    reader.open(PAGE)

    expect(reader.page.locator("noscript .notice")).to_be_visible()
    expect(reader.page.locator("#recount")).to_be_hidden()
    reader.see("python -m budgeting.verify")
