"""What tests start from is itself as it says."""

from datetime import UTC, datetime

import pytest

from budgeting.services import rounds
from budgeting.vocabulary import Phase
from tests import make


@pytest.mark.parametrize("phase", Phase)
def test_a_made_round_is_in_the_phase_that_was_asked_for(session, phase):
    made = make.budget_round(session, phase)

    assert rounds.phase_of(made.budget_round, datetime.now(UTC)) is phase
