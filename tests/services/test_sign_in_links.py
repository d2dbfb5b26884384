"""The mailed link: it opens once, for a while, and tells nobody who is known."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from budgeting.models import Account, OutboxMail, SignInLink
from budgeting.services import sign_in_links
from budgeting.services.post import Letter
from budgeting.vocabulary import Role
from tests import make

NOW = datetime.now(UTC)
LETTERS = sign_in_links.Letters(
    with_link=lambda token, name: Letter("Dit link", f"{name}|{token}"),
    to_staff=lambda name: Letter("Brug din adgangskode", name),
)


def send(email="aase@example.org", *, next_path="/", now=NOW):
    return sign_in_links.send(email=email, next_path=next_path, letters=LETTERS, now=now)


def mailed_token(session):
    body = session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first()
    return body.split("|")[1]


def enter(token, *, name="Åse Fjordmark", now=NOW):
    return sign_in_links.enter(token=token, name=name, now=now)


def test_a_link_makes_an_account_the_first_time_and_finds_it_the_next(session):
    send(next_path="/mine-forslag")
    first = enter(mailed_token(session))
    send("Aase@Example.org")
    second = enter(mailed_token(session), name="")

    assert first.account == second.account
    assert (first.account.name, first.next_path) == ("Åse Fjordmark", "/mine-forslag")


def test_only_a_hash_of_the_token_is_kept_with_the_link(session):
    send()

    kept = session.scalars(select(SignInLink.token_hash)).one()
    assert len(kept) == 64
    assert mailed_token(session) not in kept


def test_looking_at_a_link_does_not_spend_it(session):
    send()
    token = mailed_token(session)

    for _ in range(3):
        assert sign_in_links.look_at(token, NOW).is_first_time
    assert enter(token)


def test_a_link_opens_once(session):
    send()
    token = mailed_token(session)
    enter(token)

    with pytest.raises(sign_in_links.LinkSpent):
        enter(token)


def test_of_two_who_press_at_once_one_comes_in(app, session):
    send()
    token = mailed_token(session)
    session.commit()
    starting, came_in, stopped = threading.Barrier(4), [], []

    def press():
        with app.app_context():
            starting.wait()
            try:
                came_in.append(enter(token))
            except sign_in_links.LinkSpent as spent:
                stopped.append(spent)

    presses = [threading.Thread(target=press) for _ in range(4)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    assert (len(came_in), len(stopped)) == (1, 3)
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_a_link_expires(app, session):
    send()
    token = mailed_token(session)
    over = NOW + timedelta(minutes=app.config["SIGN_IN_LINK_MINUTES"])

    assert sign_in_links.look_at(token, over - timedelta(seconds=1))
    with pytest.raises(sign_in_links.LinkExpired):
        enter(token, now=over)


def test_a_made_up_link_opens_nothing(session):
    with pytest.raises(sign_in_links.LinkUnknown):
        enter("opdigtet")


def test_without_a_name_a_new_person_stays_outside_with_the_link_unspent(session):
    send()
    token = mailed_token(session)

    with pytest.raises(sign_in_links.NameMissing):
        enter(token, name="  ")
    assert enter(token)


def test_the_fourth_link_in_a_quarter_of_an_hour_is_refused(session):
    for _ in range(sign_in_links.LINKS_ALLOWED):
        send()

    with pytest.raises(sign_in_links.TooManyLinks):
        send("AASE@example.org")
    assert send("en-anden@example.org")
    assert send(now=NOW + sign_in_links.LINKS_COUNT_FOR)


def test_known_and_unknown_addresses_are_stopped_alike(session):
    make.account(session, email="kendt@example.org")
    make.account(session, Role.ADMIN, email="medarbejder@example.org")
    said = set()
    for address in ("kendt@example.org", "ukendt@example.org", "medarbejder@example.org"):
        for _ in range(sign_in_links.LINKS_ALLOWED):
            send(address)
        with pytest.raises(sign_in_links.TooManyLinks) as refused:
            send(address)
        said.add(str(refused.value))

    assert len(said) == 1


def test_staff_are_told_to_use_their_password_and_get_no_link(session):
    make.account(session, Role.ADMIN, name="Merete", email="admin@example.org")

    send("admin@example.org")

    assert session.scalars(select(OutboxMail.body)).all() == ["Merete"]


def test_a_link_sent_before_a_citizen_was_employed_opens_nothing(session):
    send("ny@example.org")
    token = mailed_token(session)
    make.account(session, Role.COUNCIL, email="ny@example.org")

    with pytest.raises(sign_in_links.LinkUnknown):
        enter(token)


def test_old_links_are_swept_away(session):
    send(now=NOW - timedelta(days=2))

    send("en-anden@example.org")

    assert session.scalars(select(SignInLink.email)).all() == ["en-anden@example.org"]
