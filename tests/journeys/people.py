"""The people of a whole round, and what each of them does, in the words they would use."""

import csv
import io
import re
from email import policy
from email.parser import BytesParser

from playwright.sync_api import expect

from budgeting import clock
from budgeting.services import accounts
from budgeting.vocabulary import Role

PASSWORD = "ni grønne køer i regn"
PASSPHRASE = "bænken i parken står klar"
STAFF = {
    "admin": "merete@example.org",
    "caseworker": "torben@example.org",
    "officer": "inge@example.org",
    "council": "ib@example.org",
}


def staff_of(house, new_visitor):
    """The municipality's people, each with an account and a browser in which they sign in."""
    house.command("create-admin", STAFF["admin"], "Merete O'Navn", "--password", PASSWORD)
    with house.inside():
        for role, email in STAFF.items():
            if role != "admin":
                accounts.create_staff(
                    email, f"{role} Å'Navn", {Role(role)}, PASSWORD, now=clock.now()
                )
    return {role: new_visitor() for role in STAFF}


def sign_in_with_password(visitor, email):
    visitor.open("/log-ind/medarbejder")
    visitor.fill("Mailadresse", email)
    visitor.fill("Adgangskode", PASSWORD)
    press_in_main(visitor, "Log ind")


def sign_in_by_mail(visitor, house, email, name):
    """A citizen asks for a link, finds it among the mails, and follows it."""
    visitor.open("/log-ind")
    visitor.fill("Din mailadresse", email)
    visitor.press("Send mig et link")
    visitor.open(link_in_mail_to(visitor, house, email))
    visitor.fill("Dit navn", name)
    press_in_main(visitor, "Log ind")


def link_in_mail_to(visitor, house, email):
    for _ in range(100):
        for file in (house.folder / "mail").glob("*"):
            mail = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
            if mail["to"] == email:
                text = mail.get_body(("plain",)).get_content()
                return re.search(r"http://\S+/link/\S+", text).group()
        visitor.page.wait_for_timeout(200)
    raise AssertionError(f"no mail to {email}")


def write_proposal(visitor, slug, *, title, amount, text, area):
    visitor.open(f"/runder/{slug}")
    visitor.press("Skriv et forslag")
    visitor.fill("Hvad hedder forslaget?", title)
    visitor.fill("Hvad går det ud på?", text)
    visitor.fill("Hvor mange penge har I brug for?", amount)
    visitor.select("Hvor skal det være?", area)
    visitor.press("Se forslaget igennem")
    visitor.see(title)
    visitor.press("Send forslaget")


def answer_proposal(visitor, slug, title, *, outcome, cost="", reason=""):
    visitor.open(f"/sagsbehandling/{slug}")
    visitor.press(title)
    visitor.choose(outcome)
    fill_if_there(visitor, "Pris", cost)
    fill_if_there(visitor, "Begrundelse", reason)
    visitor.press("Gem svaret")


def codes_from(visitor, press):
    """Downloads the file of codes and reads it."""
    with visitor.page.expect_download() as download:
        press()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    return [row["kode"] for row in csv.DictReader(io.StringIO(text), delimiter=";")]


def enter_booth(visitor, slug, code):
    visitor.open(f"/runder/{slug}/stem")
    visitor.fill("Din kode", code)
    visitor.press("Gå ind i stemmeboksen")


def hand_in(visitor):
    visitor.press("Se min stemmeseddel")
    visitor.see_heading("Tjek din stemme")
    visitor.press("Aflever stemmen")
    visitor.see_heading("Din stemme er afleveret")


def says_nothing_is_handed_in(visitor):
    expect(visitor.page.locator("body")).to_contain_text("ikke afleveret endnu", ignore_case=True)


def fill_if_there(visitor, label, text):
    if text:
        visitor.fill(label, text)


def press_in_main(visitor, words):
    """Presses the page's own button, not the one with the same words in its header."""
    visitor.go_through(visitor.page.locator("main").get_by_role("button", name=words))
