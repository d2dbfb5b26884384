"""Shows that officers' keys were there when a box was opened on another machine.

The platform draws a challenge for each officer and seals it to their key. Whoever opens the box
finds the challenge with the same key that opens the envelopes, and answers with HMAC-SHA256
under it over what came out. So nobody without such a key can make or change what comes back.
It shows nothing about a machine on which the keys were unlocked and which lied.
"""

import hmac

from cryptography.exceptions import InvalidTag

from budgeting.ballotbox import hybrid
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

_INFO = b"borgerbudget opening challenge 1\0"
_LABEL = b"borgerbudget opened box 1\0"


class ChallengeUnreadable(Refusal):
    """The challenge was sealed to another key, or was altered."""

    message = N_("Kuvertfilen er ændret, eller nøglen hører ikke til denne stemmeurne.")


def seal_challenge(challenge: bytes, public_key: bytes, context: bytes) -> bytes:
    """The challenge as it travels; `context` is what it is bound to."""
    return hybrid.seal_to(public_key, challenge, _INFO + context)


def answer(sealed: bytes, key: PrivateKey, context: bytes, opened: bytes) -> bytes:
    """What the holder of the key answers over what came out of the box."""
    try:
        challenge = key.opens(sealed, _INFO + context)
    except InvalidTag:
        raise ChallengeUnreadable from None
    return _tag(challenge, opened)


def fits(challenge: bytes, opened: bytes, given: bytes) -> bool:
    """Whether the answer was made with the challenge, over exactly this."""
    return hmac.compare_digest(_tag(challenge, opened), given)


def _tag(challenge: bytes, opened: bytes) -> bytes:
    return hmac.digest(challenge, _LABEL + opened, "sha256")
