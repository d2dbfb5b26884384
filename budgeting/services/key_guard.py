"""Before a ballot is sealed: the keys are those the rules were frozen with, or it is an alarm.

A ballot sealed to a key that somebody has laid in an officer's place would be open to them.
"""

import logging

from budgeting import clock
from budgeting.refusals import Refusal
from budgeting.services import board_alarm
from budgeting.services.fixed_rounds import FixedRound
from budgeting.vocabulary import N_

log = logging.getLogger(__name__)


class KeysSwapped(Refusal):
    """The keys in the database are not those the rules promise."""

    message = N_(
        "Nøglerne til stemmeurnen er ikke dem, spillereglerne lover. Din stemme blev ikke "
        "afleveret. Ring til kommunen, og sig det."
    )
    field = "choices"


def refuse_swapped(fixed: FixedRound, pot_id: int) -> None:
    """Refuse keys the rules do not promise, and say so in the logs."""
    if fixed.has_promised_keys:
        return
    log.error("The officers' keys of pot %s are not those of the rules.", pot_id)
    board_alarm.raise_once(pot_id, clock.now(), board_alarm.KEYS_SWAPPED)
    raise KeysSwapped()
