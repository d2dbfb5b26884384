"""Officers lend their keys: each passphrase unlocks its own, and nothing unlocked is stored."""

from collections.abc import Mapping

from budgeting.ballotbox import officer_keys
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_


class WrongPassphraseForBox(Refusal):
    """A key did not open; its field is the one of the officer who must type again."""

    message = N_("Adgangssætningen passer ikke til nøglen. Prøv igen; der er ikke sket noget.")


def unlock(locked: Mapping[int, bytes], passphrases: Mapping[int, str]) -> dict[int, PrivateKey]:
    """Return the unlocked keys under their numbers; say whose passphrase was wrong."""
    return {
        number: _unlock_one(number, locked[number], passphrase)
        for number, passphrase in passphrases.items()
        if number in locked
    }


def field_of(number: int) -> str:
    """Return the name of the field where the officer of this key types the passphrase."""
    return f"passphrase_{number}"


def _unlock_one(number: int, locked: bytes, passphrase: str) -> PrivateKey:
    try:
        return officer_keys.unlock(locked, passphrase)
    except officer_keys.WrongPassphrase as wrong:
        raise WrongPassphraseForBox(field=field_of(number)) from wrong
