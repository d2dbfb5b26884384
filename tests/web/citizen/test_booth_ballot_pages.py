"""Choosing, checking and handing in: what is kept, what is refused, what is said."""

from datetime import timedelta

from sqlalchemy import func, select

from budgeting import clock
from budgeting.models import BoardEntry, Envelope
from tests import make
from tests.page import plain
from tests.web.citizen.booth import CHECK, HAND_IN, Visitor


def ticked(page):
    return {box["value"] for box in page.soup.select("input.choice-box[checked]")}


def ranking(page):
    return [line["value"] for line in page.soup.select(".rank input[name=choices]")]


def count_of(session, row):
    session.rollback()
    return session.scalar(select(func.count()).select_from(row))


def test_a_vote_is_chosen_checked_and_handed_in(visitor, session):
    visitor.enter()
    check = visitor.choose("1", "3")
    assert check.heading == "Tjek din stemme"
    assert [plain(line) for line in check.soup.select(".check-words")] == [
        "Gåbus 40.000 kr.",
        "Borgernes park 90.000 kr.",
    ]
    assert "Ikke afleveret endnu" in check.text
    receipt = visitor.client.submit(check, button=HAND_IN)
    assert receipt.heading == "Din stemme er afleveret"
    assert receipt.address.endswith("/kvittering")
    assert count_of(session, Envelope) == 1


def test_the_receipt_page_shows_the_receipt_of_the_envelope(visitor, session):
    visitor.enter()
    page = visitor.hand_in("1")
    kept = session.scalars(select(Envelope.receipt)).one()
    shown = [group.get_text() for group in page.soup.select(".code-group")]
    assert "-".join(shown) == kept


def test_too_many_ticks_are_told_and_stay(visitor):
    visitor.enter()
    page = visitor.choose("1", "2", "3", "4", status=422)
    assert page.errors == ["Vælg højst 3. Du har valgt 4."]
    assert ticked(page) == {"1", "2", "3", "4"}
    assert page.title.startswith("Fejl:")


def test_no_tick_at_all_is_told(visitor):
    visitor.enter()
    page = visitor.choose(status=422)
    assert page.errors == ["Vælg mindst 1. Du har valgt 0."]


def test_a_project_of_another_pot_cannot_be_chosen(visitor, session):
    visitor.enter()
    page = visitor.choose("1", "6", status=422)
    assert "findes ikke i denne pulje" in page.errors[0]
    assert ticked(page) == {"1"}


def test_handing_in_asks_the_rulebook_again(visitor, session):
    visitor.enter()
    check = visitor.choose("1")
    page = visitor.send(check, ["1", "2", "3", "4"], "/aflever", status=422)
    assert ticked(page) == {"1", "2", "3", "4"}
    assert count_of(session, Envelope) == 0


def test_mending_keeps_what_was_chosen(visitor):
    visitor.enter()
    check = visitor.choose("1", "3")
    assert ticked(visitor.send(check, ["1", "3"], "")) == {"1", "3"}


def test_searching_loses_no_tick_even_of_a_project_it_hides(visitor):
    visitor.enter()
    page = visitor.client.read(visitor.address(pot=0))
    page = visitor.send(page, ["1", "2"], "", find="park")
    assert [line.get_text(strip=True) for line in page.soup.select(".choice-title")] == [
        "Borgernes park",
        "Gåbus",
        "Lektiecafé",
    ]
    assert ticked(page) == {"1", "2"}


def test_searching_for_nothing_that_is_there_says_what_to_do(visitor):
    visitor.enter()
    page = visitor.client.read(visitor.address(pot=0))
    assert "Ingen projekter passer" in visitor.send(page, [], "", find="svømmehal").text


def test_one_can_look_at_what_one_has_chosen_alone(visitor):
    visitor.enter()
    page = visitor.client.read(visitor.address(pot=0))

    page = visitor.send(page, ["1", "3"], "", only_chosen="y")

    shown = {line.get_text(strip=True) for line in page.soup.select(".choice-title")}
    assert shown == {"Gåbus", "Borgernes park"}
    assert ticked(page) == {"1", "3"}
    everything = visitor.send(page, ["1", "3"], "", only_chosen="y", show_all="1")
    assert len(everything.soup.select(".choice-title")) == 5


def test_whoever_has_chosen_nothing_is_told_so(visitor):
    visitor.enter()
    page = visitor.client.read(visitor.address(pot=0))
    assert "Du har ikke valgt noget endnu" in visitor.send(page, [], "", only_chosen="y").text


def test_the_order_is_the_same_each_time_for_one_visitor(visitor, app):
    visitor.enter()
    orders = {visitor.client.read(visitor.address(pot=0)).text for _ in range(3)}
    assert len(orders) == 1


def test_the_order_differs_between_visitors(visitor, app):
    orders = set()
    for _ in range(8):
        other = Visitor(app.test_client(), visitor.made)
        titles = other.enter().soup.select(".choice-title")
        orders.add(tuple(title.get_text() for title in titles))
    assert len(orders) > 1


def test_voting_again_replaces_the_vote_and_both_stand_on_the_board(visitor, session):
    visitor.enter()
    visitor.hand_in("1")
    page = visitor.client.read(visitor.address(pot=0))
    assert "Du har allerede afleveret en stemme her" in page.text
    visitor.hand_in("2")
    assert (count_of(session, Envelope), count_of(session, BoardEntry)) == (1, 2)


def test_a_double_click_hands_in_once(visitor, session):
    visitor.enter()
    check = visitor.choose("1")
    pages = [visitor.client.submit(check, button=HAND_IN) for _ in range(2)]
    assert pages[0].text == pages[1].text
    assert count_of(session, BoardEntry) == 1


def test_an_old_page_sent_again_after_a_new_vote_says_that_the_new_one_counts(visitor, session):
    visitor.enter()
    old = visitor.choose("1")
    visitor.client.submit(old, button=HAND_IN)
    visitor.hand_in("2")
    page = visitor.client.submit(old, button=HAND_IN)
    assert "det er den nye, der tæller" in page.text
    assert count_of(session, BoardEntry) == 2


def test_going_to_check_or_hand_in_by_address_leads_to_the_ballot(visitor):
    visitor.enter()
    for rest in ("/tjek", "/aflever", "/kvittering"):
        assert visitor.client.read(visitor.address(rest, pot=0)).heading == "Vælg 1-3 projekter"


def test_another_areas_pot_is_not_found_in_words(visitor):
    visitor.enter()
    page = visitor.client.read(visitor.address(pot=1), status=404)
    assert "Du har ikke en stemmeseddel til den pulje" in page.text


def test_a_form_from_an_earlier_booth_is_not_handed_in_for_the_next_voter(visitor, session):
    visitor.enter(voter=0)
    check = visitor.choose("1")
    visitor.client.read(visitor.address("/farvel"))
    with visitor.client.session_transaction() as cookie:
        cookie.pop("booth_round")
    visitor.enter(voter=1)
    page = visitor.client.submit(check, button=HAND_IN)
    assert "er ikke afleveret. Vælg igen herfra." in page.text
    assert count_of(session, Envelope) == 0


def test_handing_in_after_leaving_in_another_tab_says_that_nothing_was_handed_in(visitor, session):
    visitor.enter()
    check = visitor.choose("1")
    with visitor.client.session_transaction() as cookie:
        cookie.pop("booth_round")
    page = visitor.client.submit(check, button=HAND_IN)
    assert page.heading == "Stem med koden fra dit brev"
    assert "blev ikke afleveret" in page.text
    assert count_of(session, Envelope) == 0


def closed_between(visitor):
    visitor.enter()
    return visitor.choose("1")


def test_the_vote_closing_before_hand_in_is_told_in_words(visitor, session):
    check = closed_between(visitor)
    clock.set_offset(timedelta(days=10, minutes=1))
    page = visitor.client.submit(check, button=HAND_IN, status=403)
    assert "Afstemningen sluttede" in page.text
    assert "Din stemme blev ikke afleveret." in page.text
    assert count_of(session, Envelope) == 0


def test_an_earlier_vote_stands_when_the_new_one_comes_too_late(visitor):
    visitor.enter()
    visitor.hand_in("1")
    check = visitor.choose("2")
    clock.set_offset(timedelta(days=10, minutes=1))
    page = visitor.client.submit(check, button=HAND_IN, status=403)
    assert "kom for sent" in page.text
    assert "Den tæller med." in page.text
    assert page.soup.select(".code-group")


def test_after_one_of_two_pots_the_receipt_says_which_is_left(client, session):
    made = make.budget_round(session, for_everyone=("Sydby",))
    visitor = Visitor(client, made)
    assert visitor.enter().heading == "Du har 2 stemmesedler"
    page = visitor.hand_in("1", pot=0)
    assert "Puljen Sydby er ikke afleveret endnu." in page.text
    assert "Stem om Puljen Sydby" in page.link_texts()
    assert "er ikke afleveret endnu" not in visitor.hand_in("6", pot=1).text
    assert client.read(visitor.address("/puljer")).heading == "Du har afleveret det hele"


def test_the_main_button_leads_on_to_the_check(visitor):
    page = visitor.enter()
    pressed = page.form("ballot").buttons(CHECK)[0]
    assert pressed["formaction"] == visitor.address("/tjek", pot=0)
