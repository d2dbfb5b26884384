"""Who may vote about which pot: age on the last voting day, and area."""

from datetime import date

from budgeting.rulebook.rules import PotRule, Rulebook
from budgeting.timezone import COPENHAGEN


def age_on(day: date, birth_date: date) -> int:
    """Return the age in whole years on a day; someone born 29 February turns on 1 March."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def is_old_enough(rulebook: Rulebook, birth_date: date | None) -> bool:
    """Whether the voter has reached the age by the last day of voting.

    A roll without dates of birth was made by the municipality with the age in mind.
    """
    if birth_date is None:
        return True
    last_day = rulebook.timetable.voting_closes.astimezone(COPENHAGEN).date()
    return age_on(last_day, birth_date) >= rulebook.min_age


def may_vote_about(
    rulebook: Rulebook, pot: PotRule, *, birth_date: date | None, area: str | None
) -> bool:
    """Whether a voter of this age and area has a ballot in the pot."""
    return is_old_enough(rulebook, birth_date) and (pot.area is None or pot.area == area)
