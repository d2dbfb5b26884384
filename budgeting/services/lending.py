"""Officers lend their keys: each passphrase unlocks its own, and nothing unlocked is stored."""

from collections.abc import Iterable, Mapping

from budgeting.ballotbox import key_files as reading_files
from budgeting.ballotbox import officer_keys
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.models import OfficerKey
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_


class KeyFileUnfit(Refusal):
    """The file holds no key, or another one."""

    message = N_(
        "Filen er ikke nøglen til denne stemmeurne. Vælg den fil, du fik, da du lavede den."
    )


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


def locked_keys(
    keys: Iterable[OfficerKey], numbers: Iterable[int], key_files: Mapping[int, str]
) -> dict[int, bytes]:
    """Return these locked keys under their numbers: kept here, or out of their owners' files."""
    wanted = set(numbers)
    return {
        key.number: locked_half(key, key_files.get(key.number, ""))
        for key in keys
        if key.number in wanted
    }


def locked_half(key: OfficerKey, key_file: str = "") -> bytes:
    """Return a key's locked half as it is kept here, or as its owner's file holds it."""
    if key.locked_private_key is not None:
        return key.locked_private_key
    unfit = KeyFileUnfit(field=file_field_of(key.number))
    try:
        pair = reading_files.from_text(key_file)
    except officer_keys.KeyDamaged as damaged:
        raise unfit from damaged
    if pair.public_key != key.public_key:
        raise unfit
    return pair.locked_private_key


def file_field_of(number: int) -> str:
    """Return the name of the field where the officer of this key chooses the file."""
    return f"key_file_{number}"


def field_of(number: int) -> str:
    """Return the name of the field where the officer of this key types the passphrase."""
    return f"passphrase_{number}"


def _unlock_one(number: int, locked: bytes, passphrase: str) -> PrivateKey:
    try:
        return officer_keys.unlock(locked, passphrase)
    except officer_keys.WrongPassphrase as wrong:
        raise WrongPassphraseForBox(field=field_of(number)) from wrong
