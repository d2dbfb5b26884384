"""An administrator invites staff by mail, gives roles, and closes access."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from budgeting.models import Account, OutboxMail, PasswordLink
from budgeting.services import accounts
from budgeting.vocabulary import Role
from tests import make, openid_provider
from tests.web import visits

HERE = "/admin/medarbejdere"
PASSWORD = "en lang sætning til mig"
GUEST = {"name": "Nina Ny", "email": "nina@example.org", "roles": ["caseworker", "officer"]}


@pytest.fixture
def asta(session):
    make.municipality(session)
    return make.account(session, Role.ADMIN, name="Asta Admin", email="asta@example.org")


@pytest.fixture
def client(app, asta):
    return visits.signed_in(app, asta)


def invite(client, fields=None, *, status=200):
    page = client.read(f"{HERE}/ny")
    return client.submit(page, {**GUEST, **(fields or {})}, status=status)


def mailed_link(session):
    session.rollback()
    body = session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first()
    return re.search(r"/log-ind/adgangskode/\S+", body)[0]


def choose(app, session, password=PASSWORD, *, status=200):
    visitor = app.test_client()
    page = visitor.read(mailed_link(session))
    return visitor.submit(page, {"password": password}, status=status)


def nina(session):
    session.rollback()
    return session.scalars(select(Account).where(Account.email == "nina@example.org")).one()


def test_an_invited_person_chooses_a_password_and_comes_in(app, client, session):
    listed = invite(client)
    assert "Har ikke valgt adgangskode" in listed.text

    assert choose(app, session).address == "/log-ind/medarbejder"

    known = accounts.sign_in_with_password(
        email="nina@example.org", password=PASSWORD, now=datetime.now(UTC)
    )
    assert known.roles >= {Role.CASEWORKER, Role.OFFICER}


@pytest.fixture
def own_sign_in(app, tmp_path):
    """A house where staff may come in with the municipality's own sign-in."""
    file = tmp_path / "staff_openid.toml"
    file.write_text(openid_provider.staff_settings_of("https://login.example.org"))
    app.config["STAFF_OPENID_FILE"] = str(file)


def mail(session):
    session.rollback()
    return session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first()


def test_where_there_is_an_own_sign_in_the_invitation_leads_there_first(
    app, client, session, own_sign_in
):
    assert "logger ind med Prøvebys login" in client.read(f"{HERE}/ny").text
    invite(client)

    body = mail(session)
    first, then = body.index("/log-ind/medarbejder\n"), body.index("/log-ind/adgangskode/")
    assert "Log ind med Prøvebys login her:" in body[:first]
    assert "Du behøver ingen adgangskode." in body[first:then]
    assert "Vælg din adgangskode her" not in body


def test_whoever_follows_the_link_may_still_use_the_own_sign_in(app, client, session, own_sign_in):
    invite(client)
    page = app.test_client().read(mailed_link(session))

    assert "Så behøver du ingen adgangskode." in page.text
    assert 'href="/log-ind/medarbejder/faelles"' in page.html
    assert choose(app, session).address == "/log-ind/medarbejder"


def test_without_an_own_sign_in_nothing_speaks_of_one(app, client, session):
    invite(client)

    assert "Vælg din adgangskode her:" in mail(session)
    assert "behøver" not in app.test_client().read(mailed_link(session)).text


def test_the_link_opens_once(app, client, session):
    invite(client)
    path = mailed_link(session)
    choose(app, session)

    assert "Linket virker ikke mere" in app.test_client().read(path, status=410).text


def test_the_link_grows_old(app, client, session):
    invite(client)
    link = session.scalars(select(PasswordLink)).one()
    link.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()

    app.test_client().read(mailed_link(session), status=410)


def test_a_short_password_is_refused_and_the_link_still_opens(app, client, session):
    invite(client)

    assert "mindst 10 tegn" in choose(app, session, "kort", status=422).text
    choose(app, session)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Skriv navnet."),
        ({"email": "ikke en adresse"}, "mailadresse"),
        ({"roles": []}, "Vælg mindst én rolle."),
        ({"email": "ASTA@example.org"}, "allerede en medarbejder"),
    ],
)
def test_what_cannot_be_invited_is_told_beside_its_field(client, fields, sentence):
    refused = invite(client, fields, status=422)

    assert sentence in " ".join(refused.errors)


def test_a_role_that_is_not_the_staffs_cannot_be_given(client):
    invite(client, {"roles": ["voter"]}, status=422)


def test_a_citizen_who_becomes_staff_must_come_in_by_password(app, client, session):
    citizen = make.account(session, email="nina@example.org")
    there = visits.signed_in(app, citizen)

    invite(client)

    assert there.read("/konto").address == "/log-ind"


def test_roles_are_changed_at_once(app, client, session):
    invite(client)
    there = visits.signed_in(app, nina(session))
    assert there.get("/sagsbehandling/").status_code == 200

    page = client.read(f"{HERE}/{nina(session).id}")
    client.submit(page, {"roles": ["council"]})

    assert there.get("/sagsbehandling/").status_code == 403
    assert nina(session).roles == {Role.CITIZEN, Role.COUNCIL}


def test_nobody_takes_their_own_access_as_administrator(client, asta):
    page = client.read(f"{HERE}/{asta.id}")

    refused = client.submit(page, {"roles": ["council"]}, status=422)

    assert "din egen adgang" in refused.text
    assert "Luk adgangen" not in page.text
    client.submit(client.read(f"{HERE}/{asta.id}/luk"), status=422)


def test_a_closed_account_is_out_everywhere_at_once(app, client, session):
    invite(client)
    choose(app, session)
    there = visits.signed_in(app, nina(session))

    client.submit(client.read(f"{HERE}/{nina(session).id}/luk"))

    assert there.read("/konto").address == "/log-ind"
    with pytest.raises(accounts.WrongPassword):
        accounts.sign_in_with_password(
            email="nina@example.org", password=PASSWORD, now=datetime.now(UTC)
        )


def test_a_new_link_puts_the_earlier_one_out_of_use(app, client, session):
    invite(client)
    earlier = mailed_link(session)
    page = client.read(f"{HERE}/{nina(session).id}")

    client.submit(page, form=1)

    app.test_client().read(earlier, status=410)
    choose(app, session)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.OFFICER, Role.COUNCIL])
def test_others_do_not_keep_the_staff(app, session, role):
    make.municipality(session)
    there = visits.signed_in(app, make.account(session, role))

    for page in ("", "/ny", "/1", "/1/luk"):
        assert there.get(f"{HERE}{page}").status_code == 403


def test_an_unknown_person_is_not_found(client):
    client.read(f"{HERE}/4711", status=404)
