"""Passwords of staff: argon2id with the work the settings ask for."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

FEWEST_SIGNS = 10
MOST_SIGNS = 500


class PasswordTooShort(Refusal):
    """A password a machine guesses at once."""

    message = N_("Skriv en adgangskode på mindst %(fewest)s tegn. Gerne flere ord efter hinanden.")
    field = "password"


class PasswordTooLong(Refusal):
    """A password so long that checking it would be work for an attacker to give us."""

    message = N_("Skriv en adgangskode på højst %(most)s tegn.")
    field = "password"


def hashed(password: str) -> str:
    """Return what is kept of a password, or refuse one that cannot protect anything."""
    if len(password) < FEWEST_SIGNS:
        raise PasswordTooShort(fewest=FEWEST_SIGNS)
    if len(password) > MOST_SIGNS:
        raise PasswordTooLong(most=MOST_SIGNS)
    return _hasher().hash(password)


def fits(password: str, password_hash: str | None) -> bool:
    """Whether this is the password; without a hash the same time is spent on saying no."""
    tried = password[: MOST_SIGNS + 1]
    if password_hash is None:
        _hasher().hash(tried)
        return False
    try:
        return _hasher().verify(password_hash, tried)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> PasswordHasher:
    settings = current_app.config
    return PasswordHasher(
        time_cost=settings["ARGON2_TIME_COST"],
        memory_cost=settings["ARGON2_MEMORY_KIB"],
        parallelism=1,
    )
