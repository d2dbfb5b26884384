"""Staff accounts and their passwords."""

from datetime import UTC, datetime, timedelta

import pytest

from budgeting.services import accounts, addresses, passwords
from budgeting.vocabulary import Role
from tests import make

NOW = datetime.now(UTC)
PASSWORD = "bænken står i parken"


def create(**changes):
    usual = {
        "email": "Torben@Example.org",
        "name": "Torben Rørmose",
        "roles": [Role.CASEWORKER],
        "password": PASSWORD,
    }
    return accounts.create_staff(**usual | changes, now=NOW)


def sign_in(password=PASSWORD, *, email="torben@example.org", now=NOW):
    return accounts.sign_in_with_password(email=email, password=password, now=now)


def test_staff_sign_in_with_address_and_password_however_the_address_is_spelt(session):
    created = create()

    assert sign_in(email=" TORBEN@example.ORG ") == created
    assert created.roles == {Role.CASEWORKER, Role.CITIZEN}


def test_a_password_is_kept_as_argon2id_with_the_work_of_the_settings(app, session):
    app.config.update(ARGON2_TIME_COST=2, ARGON2_MEMORY_KIB=128)

    assert create().password_hash.startswith("$argon2id$v=19$m=128,t=2,p=1$")


def test_wrong_password_and_unknown_address_get_the_same_words(session):
    create()

    with pytest.raises(accounts.WrongPassword) as wrong:
        sign_in("en anden adgangskode")
    with pytest.raises(accounts.WrongPassword) as unknown:
        sign_in(email="ukendt@example.org")
    assert str(wrong.value) == str(unknown.value)


def test_a_citizen_has_no_password_to_guess(session):
    make.account(session, email="borger@example.org")

    with pytest.raises(accounts.WrongPassword):
        sign_in("", email="borger@example.org")


def test_after_five_wrong_tries_even_the_right_password_waits(session):
    create()
    for _ in range(accounts.ATTEMPTS_ALLOWED):
        with pytest.raises(accounts.WrongPassword):
            sign_in("forkert adgangskode")

    with pytest.raises(accounts.TooManyAttempts) as refused:
        sign_in()
    assert refused.value.values == {"again_at": NOW + accounts.ATTEMPTS_COUNT_FOR}
    assert sign_in(now=NOW + accounts.ATTEMPTS_COUNT_FOR)


def test_wrong_tries_are_forgotten_when_the_right_password_comes(session):
    create()
    for _ in range(3):
        with pytest.raises(accounts.WrongPassword):
            sign_in("forkert adgangskode")
        sign_in(now=NOW + timedelta(seconds=1))
    for _ in range(accounts.ATTEMPTS_ALLOWED):
        with pytest.raises(accounts.WrongPassword):
            sign_in("forkert adgangskode")


def test_a_citizen_who_is_employed_keeps_the_account(session):
    citizen = make.account(session, email="torben@example.org")

    assert create() == citizen
    assert citizen.is_staff


def test_an_address_has_one_staff_account(session):
    create()

    with pytest.raises(accounts.AddressTaken):
        create(name="En anden")


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"password": "kort"}, passwords.PasswordTooShort),
        ({"password": "x" * 501}, passwords.PasswordTooLong),
        ({"email": "torben"}, addresses.NotAnAddress),
    ],
)
def test_what_cannot_be_an_account_is_refused(session, wrong, refusal):
    with pytest.raises(refusal):
        create(**wrong)
