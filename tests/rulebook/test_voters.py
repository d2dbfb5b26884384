"""Age on the last day of voting, and area, decide which pots a voter has."""

from datetime import date

import pytest

from budgeting.rulebook import voters
from tests.rulebook.rounds import EVERYONE, NORDBY, RULEBOOK

# Voting closes on 1 May 2026 at 23.59 in Denmark; the age is 13.


def test_a_voter_who_turns_13_on_the_last_day_of_voting_may_vote():
    assert voters.is_old_enough(RULEBOOK, date(2013, 5, 1))


def test_a_voter_who_turns_13_the_day_after_may_not():
    assert not voters.is_old_enough(RULEBOOK, date(2013, 5, 2))


def test_a_roll_without_dates_of_birth_was_made_with_the_age_in_mind():
    assert voters.is_old_enough(RULEBOOK, None)


@pytest.mark.parametrize(
    ("birth_date", "day", "age"),
    [
        (date(2012, 2, 29), date(2025, 2, 28), 12),
        (date(2012, 2, 29), date(2025, 3, 1), 13),
        (date(2000, 6, 15), date(2026, 6, 15), 26),
        (date(2000, 6, 15), date(2026, 6, 14), 25),
    ],
)
def test_age_is_whole_years(birth_date, day, age):
    assert voters.age_on(day, birth_date) == age


@pytest.mark.parametrize(
    ("pot", "area", "may"),
    [
        (NORDBY, "Nordby", True),
        (NORDBY, "Sydby", False),
        (NORDBY, None, False),
        (EVERYONE, "Sydby", True),
        (EVERYONE, None, True),
    ],
)
def test_a_pot_for_an_area_is_for_those_who_live_there(pot, area, may):
    assert voters.may_vote_about(RULEBOOK, pot, birth_date=date(1950, 1, 1), area=area) is may


def test_area_does_not_help_a_voter_who_is_too_young():
    assert not voters.may_vote_about(RULEBOOK, NORDBY, birth_date=date(2020, 1, 1), area="Nordby")
