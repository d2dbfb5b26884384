"""The voter roll's pseudonyms: HMAC-SHA256 of an identifier under the round's own key.

The same person gets the same pseudonym however the number was typed, so an import can be
repeated; and another one in every round. A CPR number is never stored. There are so few of
them that a pseudonym hides one only as long as the round's key is secret: destroy the key
with the roll.
"""

import hmac
import secrets
import unicodedata

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

KEY_LENGTH = 32
_SKIPPED_CATEGORIES = frozenset({"Zs", "Pd", "Cc", "Cf"})


class IdentifierMissing(Refusal):
    """There is nothing to make a pseudonym of."""

    message = N_("Der mangler et nummer eller en adresse, som personen kan kendes på.")


def make_round_key() -> bytes:
    """A fresh secret key for one round's roll."""
    return secrets.token_bytes(KEY_LENGTH)


def of_number(number: str, round_key: bytes) -> str:
    """The pseudonym (64 hex digits) of a CPR or register number; spaces and dashes are nothing."""
    folded = unicodedata.normalize("NFKC", number).casefold()
    signs = (sign for sign in folded if unicodedata.category(sign) not in _SKIPPED_CATEGORIES)
    return _pseudonym("number", "".join(signs), round_key)


def of_email(address: str, round_key: bytes) -> str:
    """The pseudonym of an e-mail address; upper and lower case are one."""
    folded = unicodedata.normalize("NFKC", address).strip().casefold()
    return _pseudonym("email", folded, round_key)


def of_subject(issuer: str, subject: str, round_key: bytes) -> str:
    """The pseudonym of who a sign-in provider says it is; every sign counts."""
    if not issuer or not subject:
        raise IdentifierMissing
    return _pseudonym("subject", f"{len(issuer)}:{issuer}{subject}", round_key)


def _pseudonym(kind: str, identifier: str, round_key: bytes) -> str:
    if len(round_key) < KEY_LENGTH:
        raise ValueError("the key of a voter roll is at least 32 bytes")
    if not identifier:
        raise IdentifierMissing
    return hmac.new(round_key, f"{kind}\0{identifier}".encode(), "sha256").hexdigest()
