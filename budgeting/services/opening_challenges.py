"""The challenges that officers answer when they open a box on another machine.

They are made from the server's own secret, the round's rules and its sealed boards, so that
nothing must be kept, and an answer fits one round's sealed boxes only.
"""

import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy.orm import Session

from budgeting.models import BudgetRound
from budgeting.services import boxes, rounds

PURPOSE = b"challenges to officers who open a box elsewhere"
LENGTH = 32


def context_of(session: Session, budget_round: BudgetRound) -> bytes:
    """Return what a challenge is bound to: the frozen rules and the sealed boards."""
    rulebook = rounds.frozen_rules(session, budget_round.id).fingerprint
    roots = [box.board_root or "" for box in boxes.boxes_of(session, budget_round)]
    return "|".join((rulebook, *roots)).encode()


def challenge_of(session: Session, budget_round: BudgetRound, number: int) -> bytes:
    """Return the challenge to the officer whose key has this number."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    key = HKDF(SHA256(), LENGTH, salt=None, info=PURPOSE).derive(secret)
    return hmac.digest(key, b"%d|" % number + context_of(session, budget_round), "sha256")
