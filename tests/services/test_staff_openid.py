"""Staff who come in with the municipality's own sign-in; each way to be wrong is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from budgeting import clock
from budgeting.models import AuditEvent, SignIn
from budgeting.services import (
    openid_claims,
    openid_provider,
    openid_tokens,
    sign_ins,
    staff,
    staff_openid,
)
from budgeting.services.identity import NotBelieved
from budgeting.services.openid_claims import (
    AddressNotVerified,
    ClaimMissing,
    ClaimUnreadable,
    OneFactorOnly,
)
from budgeting.services.openid_provider import UnsoundProvider
from budgeting.services.staff_openid import AnotherPerson, NotInvited
from budgeting.vocabulary import Role
from tests import make
from tests.openid_provider import staff_settings_of

PROVIDER = openid_provider.read(staff_settings_of("https://login.example.org"))
ASKED = 1_800_000_000
CLAIMS = {
    "sub": "merete",
    "email": "admin@example.org",
    "email_verified": True,
    "acr": "to-trin",
    "auth_time": ASKED + 5,
}


def colleague(provider=PROVIDER, **claims):
    said = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    return openid_claims.colleague_of(said, provider)


def enter(**claims):
    return staff_openid.enter(colleague(**claims), now=clock.now())


@pytest.fixture
def merete(session):
    return make.account(session, Role.ADMIN, name="Merete", email="admin@example.org")


def test_the_map_says_who_it_is_and_when_they_showed_it():
    found = colleague()

    assert (found.subject, found.email) == ("merete", "admin@example.org")
    assert found.shown_at == datetime.fromtimestamp(ASKED + 5, UTC)
    assert "merete" not in repr(found)


@pytest.mark.parametrize("good", [{"acr": None, "amr": ["pwd", "mfa"]}, {"auth_time": None}])
def test_a_second_factor_may_be_told_in_either_way(good):
    assert colleague(**good).subject == "merete"


REFUSED = {
    "no second factor": ({"acr": None}, OneFactorOnly),
    "another level": ({"acr": "kode"}, OneFactorOnly),
    "a level that begins the same": ({"acr": "to-trin-måske"}, OneFactorOnly),
    "a level in a list": ({"acr": ["to-trin"]}, OneFactorOnly),
    "a level that is true": ({"acr": True}, OneFactorOnly),
    "a password alone": ({"acr": None, "amr": ["pwd"]}, OneFactorOnly),
    "methods as one word": ({"acr": None, "amr": "mfa"}, OneFactorOnly),
    "methods that are no words": ({"acr": None, "amr": [7, ["mfa"]]}, OneFactorOnly),
    "no address": ({"email": None}, ClaimMissing),
    "an empty address": ({"email": " "}, ClaimMissing),
    "two addresses": ({"email": ["admin@example.org", "b@example.org"]}, ClaimUnreadable),
    "an address nobody vouches for": ({"email_verified": False}, AddressNotVerified),
    "an address of which nothing is said": ({"email_verified": None}, AddressNotVerified),
    "an address vouched for in a word": ({"email_verified": "true"}, AddressNotVerified),
    "nobody": ({"sub": None}, ClaimMissing),
    "a subject that is a list": ({"sub": ["merete"]}, ClaimUnreadable),
    "a time that is a word": ({"auth_time": "i går"}, NotBelieved),
    "a time that is true": ({"auth_time": True}, NotBelieved),
    "a time beyond all times": ({"auth_time": 10**18}, NotBelieved),
}


@pytest.mark.parametrize(("claims", "refusal"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_hold_is_refused(claims, refusal):
    with pytest.raises(refusal):
        colleague(**claims)


@pytest.mark.parametrize("at", [None, 0, ASKED - 61, ASKED - 86_400])
def test_whoever_was_asked_anew_must_have_shown_it_since(at):
    with pytest.raises(NotBelieved):
        openid_tokens.refuse_not_shown_since({"auth_time": at}, ASKED)


def test_showing_it_since_is_enough():
    openid_tokens.refuse_not_shown_since({"auth_time": ASKED}, ASKED)


def test_where_addresses_are_the_municipalitys_own_they_need_no_more():
    trusting = replace(PROVIDER, asks_if_email_is_verified=False)

    assert colleague(trusting, email_verified=None).email == "admin@example.org"


def test_a_file_that_names_no_second_factor_is_unsound(app, tmp_path):
    file = tmp_path / "staff.toml"
    file.write_text('issuer = "https://login.example.org"\nclient_id = "x"\n')
    app.config["STAFF_OPENID_FILE"] = str(file)

    with app.app_context(), pytest.raises(UnsoundProvider):
        openid_provider.find_for_staff()


@pytest.mark.parametrize("odd", ['acr = "to-trin"', "acr = [7]", 'acr = [""]'])
def test_a_second_factor_that_is_no_list_of_words_is_unsound(odd):
    text = f'issuer = "https://l.example.org"\nclient_id = "x"\n[second_factor]\n{odd}\n'

    with pytest.raises(UnsoundProvider):
        openid_provider.read(text)


def test_an_invited_member_of_staff_comes_in(merete, session):
    assert enter(email="ADMIN@Example.org").id == merete.id

    told = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert (told.deed, told.account_id) == ("tie_staff_identity", merete.id)


def test_the_token_gives_no_roles(merete):
    assert enter(roles=["council"], groups=["officer"]).roles == {Role.CITIZEN, Role.ADMIN}


def test_whoever_is_not_invited_does_not_come_in(merete):
    with pytest.raises(NotInvited):
        enter(email="ingen@example.org")


def test_a_citizens_account_opens_nothing_to_staff(session):
    make.account(session, email="admin@example.org")

    with pytest.raises(NotInvited):
        enter()


def test_the_same_person_is_found_after_a_change_of_address(merete):
    enter()

    assert enter(email="nyt.navn@example.org").id == merete.id


def test_an_address_handed_on_to_somebody_else_opens_nothing(merete):
    enter()

    with pytest.raises(AnotherPerson):
        enter(sub="navnebror")


def test_the_same_subject_elsewhere_is_somebody_else(merete):
    enter()
    other = replace(colleague(), issuer="https://andre.example.org")

    with pytest.raises(AnotherPerson):
        staff_openid.enter(other, now=clock.now())


def test_a_closed_account_is_closed_here_too(merete, session):
    enter()
    boss = make.account(session, Role.ADMIN, name="Boss", email="boss@example.org")
    staff.close(by=boss, account=merete, now=clock.now())

    with pytest.raises(NotInvited):
        enter()


def test_an_administrator_can_loosen_an_account(merete, session):
    enter()
    boss = make.account(session, Role.ADMIN, name="Boss", email="boss@example.org")
    staff.reset_second_factor(by=boss, account=merete, now=clock.now())

    assert enter(sub="merete-på-ny").id == merete.id


def test_only_the_one_who_sits_there_can_confirm(merete, session):
    other = make.account(session, Role.COUNCIL, name="Ib", email="ib@example.org")
    enter()
    enter(sub="ib", email="ib@example.org")
    sign_ins.begin(merete, device="", now=clock.now(), shown_at=clock.now() - timedelta(hours=1))
    here = session.scalars(select(SignIn)).one()

    with pytest.raises(AnotherPerson):
        staff_openid.confirm(
            colleague(sub="ib", email="ib@example.org"), by=merete, sign_in=here, now=clock.now()
        )
    with pytest.raises(AnotherPerson):
        staff_openid.confirm(colleague(sub="ukendt"), by=other, sign_in=here, now=clock.now())
    session.refresh(here)
    assert clock.now() - here.confirmed_at > timedelta(minutes=59)


def test_the_one_who_sits_there_confirms(merete, session):
    enter()
    sign_ins.begin(merete, device="", now=clock.now(), shown_at=clock.now() - timedelta(hours=1))
    here = session.scalars(select(SignIn)).one()

    staff_openid.confirm(colleague(), by=merete, sign_in=here, now=clock.now())

    session.refresh(here)
    assert clock.now() - here.confirmed_at < timedelta(minutes=1)
