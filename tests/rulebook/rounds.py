"""A timetable and a rulebook for the tests of the rulebook."""

from datetime import UTC, datetime

from budgeting.rulebook.rules import BallotRule, PotRule, Rulebook, TallyRule, Timetable
from budgeting.vocabulary import BallotType, Completion, Rule, Stop, Utility

TIMETABLE = Timetable(
    proposing_opens=datetime(2026, 1, 1, tzinfo=UTC),
    proposing_closes=datetime(2026, 2, 1, tzinfo=UTC),
    presenting_opens=datetime(2026, 3, 1, tzinfo=UTC),
    voting_opens=datetime(2026, 4, 1, tzinfo=UTC),
    voting_closes=datetime(2026, 5, 1, 21, 59, tzinfo=UTC),
    realising_ends=datetime(2027, 5, 1, tzinfo=UTC),
)
NORDBY = PotRule(name="Puljen for Nordby", budget_limit_oere=30_000_000, area="Nordby")
EVERYONE = PotRule(name="Puljen for alle", budget_limit_oere=10_000_000, area=None)
RULEBOOK = Rulebook(
    title="Nordby 2026 – fælles sag",
    currency="DKK",
    areas=("Nordby", "Sydby"),
    pots=(NORDBY, EVERYONE),
    min_age=13,
    ballot=BallotRule(ballot_type=BallotType.APPROVAL, min_choices=1, max_choices=3),
    tally=TallyRule(
        rule=Rule.EQUAL_SHARES,
        utility=Utility.COST,
        completion=Completion.ADD1,
        stop=Stop.OVER_BUDGET,
        ties=("cost", "votes", "lot"),
    ),
    timetable=TIMETABLE,
    officers=1,
    officers_needed=1,
    lot_commitment="0" * 64,
)
