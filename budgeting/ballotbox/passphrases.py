"""The officer's passphrase: read the same on every keyboard, and long enough to hold."""

import unicodedata

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

MINIMUM_LENGTH = 16
MINIMUM_UNLIKE_SIGNS = 6
MAXIMUM_LENGTH = 1000


class PassphraseRefused(Refusal):
    """The passphrase cannot lock a key."""

    message = N_("Vælg en anden adgangssætning.")
    field = "passphrase"


class PassphraseTooShort(PassphraseRefused):
    """So short that a computer guesses it."""

    message = N_(
        "Adgangssætningen er for kort. Skriv mindst %(minimum)s tegn, "
        "for eksempel fire ord, der ikke hører sammen."
    )


class PassphraseTooPlain(PassphraseRefused):
    """The same few signs again and again."""

    message = N_(
        "Adgangssætningen gentager de samme få tegn. "
        "Skriv for eksempel fire ord, der ikke hører sammen."
    )


class PassphraseTooLong(PassphraseRefused):
    """Longer than anybody can type twice."""

    message = N_("Adgangssætningen er for lang. Skriv højst %(maximum)s tegn.")


def read(passphrase: str) -> str:
    """The passphrase as it is used: one space between words, none around, one Unicode form."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def check(passphrase: str) -> None:
    """Raise a PassphraseRefused that says what to do, if this one cannot lock a key."""
    used = read(passphrase)
    if len(used) < MINIMUM_LENGTH:
        raise PassphraseTooShort(minimum=MINIMUM_LENGTH)
    if len(used) > MAXIMUM_LENGTH:
        raise PassphraseTooLong(maximum=MAXIMUM_LENGTH)
    if len(set(used.casefold())) < MINIMUM_UNLIKE_SIGNS:
        raise PassphraseTooPlain
