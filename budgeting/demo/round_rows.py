"""A round of the demo as it is set up: texts, areas, pots, rules, dates, key and roll."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from budgeting.ballotbox import code_letters, officer_keys
from budgeting.demo import stand_in, texts
from budgeting.demo.secrets_shown import PASSPHRASE, code_of
from budgeting.models import (
    Account,
    Area,
    BudgetRound,
    Cap,
    Municipality,
    OfficerKey,
    PairTrial,
    Pot,
    Voter,
)
from budgeting.rulebook import officers as officers_rule
from budgeting.services import choosing_ways, freezing
from budgeting.timezone import COPENHAGEN
from budgeting.vocabulary import BallotType, Completion, Rule, Stop, Utility, WaysIn

OPENING_HOUR = time(8, 0)
CLOSING_HOUR = time(23, 59)
CLOSINGS = frozenset({"proposing_closes", "voting_closes", "realising_ends"})
BALLOT_CHOICES = (
    "votes_each",
    "most_per_project",
    "lowest_points",
    "highest_points",
    "must_score_all",
)
GREEDY_CHOICES = ("no_skip", "least_votes", "least_percent", "in_part", "has_groups")
FRAME_DECISION = "Byrådets møde, punktet om borgerbudget"


def add(
    session: Session,
    words: dict[str, Any],
    *,
    municipality: Municipality,
    officers: list[Account],
    now: datetime,
) -> BudgetRound:
    """Add an opened round, with its rules frozen, its keys made and tried, its voters on the roll."""
    budget_round = _round(words, municipality, now)
    session.add(budget_round)
    session.flush()
    _add_keys(session, budget_round, officers, budget_round.proposing_opens or now)
    _add_roll(session, budget_round, words)
    if budget_round.ways_in in choosing_ways.WITH_OPENID:
        _add_known_to_mitid(session, budget_round, now)
    session.flush()
    freezing.freeze(session, budget_round, budget_round.proposing_opens or now)
    return budget_round


def _round(words: dict[str, Any], municipality: Municipality, now: datetime) -> BudgetRound:
    areas = {name: Area(name=name) for name in words["areas"]}
    return BudgetRound(
        municipality_id=municipality.id,
        slug=words["slug"],
        title=words["title"],
        summary=words["summary"],
        introduction=words["intro"],
        min_age=words["min_age"],
        ballot_type=BallotType(words["ballot"]["type"]),
        min_choices=words["ballot"]["min"],
        max_choices=words["ballot"]["max"],
        **_given(words["ballot"], BALLOT_CHOICES),
        rule=Rule(words["rule"]["rule"]),
        utility=Utility(words["rule"]["utility"]),
        completion=Completion(words["rule"]["completion"]),
        stop=Stop(words["rule"].get("stop", Stop.OVER_BUDGET)),
        ties=words["rule"]["ties"],
        **_given(words["rule"], GREEDY_CHOICES),
        officers=words.get("officers", officers_rule.ONE),
        ways_in=WaysIn(words.get("ways_in", WaysIn.CODES)),
        frame_decision=FRAME_DECISION,
        areas=list(areas.values()),
        pots=[
            Pot(
                name=pot["name"],
                area=areas.get(pot.get("area", "")),
                budget_limit_oere=texts.oere(pot["budget_kr"]),
                caps=[
                    Cap(category=cap["category"], limit_oere=texts.oere(cap["limit_kr"]))
                    for cap in pot.get("caps", ())
                ],
            )
            for pot in words["pots"]
        ],
        **{name: _moment(name, days, now) for name, days in words["timetable"].items()},
    )


def _given(words: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return what the content says of these; the others keep the models' own."""
    return {name: words[name] for name in names if name in words}


def _moment(name: str, days: int, now: datetime) -> datetime:
    """Return the moment so many days from today, at the hour doors open or close in Denmark."""
    day = (now.astimezone(COPENHAGEN) + timedelta(days=days)).date()
    hour = CLOSING_HOUR if name in CLOSINGS else OPENING_HOUR
    return datetime.combine(day, hour, COPENHAGEN).astimezone(UTC)


def _add_keys(
    session: Session, budget_round: BudgetRound, officers: list[Account], made_at: datetime
) -> None:
    """Add a key for each officer of the round, and that each pair has opened a test envelope."""
    for number, officer in enumerate(officers[: budget_round.officers]):
        pair = officer_keys.make_key(PASSPHRASE)
        session.add(
            OfficerKey(
                round_id=budget_round.id,
                number=number,
                account_id=officer.id,
                public_key=pair.public_key,
                locked_private_key=pair.locked_private_key,
                made_at=made_at,
                tested_at=made_at,
            )
        )
    for first, second in officers_rule.pairs(budget_round.officers):
        session.add(
            PairTrial(round_id=budget_round.id, first=first, second=second, tried_at=made_at)
        )


def _add_roll(session: Session, budget_round: BudgetRound, words: dict[str, Any]) -> None:
    areas = {area.name: area for area in budget_round.areas}
    chance = Random(words["slug"])  # noqa: S311 - made-up birthdays, the same every time
    number = 0
    for group in words.get("voters", ()):
        for place in range(group["count"]):
            number += 1
            first_of_year = date(chance.randint(group["born_from"], group["born_to"]), 1, 1)
            voter = Voter(
                round_id=budget_round.id,
                roll_number=str(1000 + number),
                birth_date=first_of_year + timedelta(days=chance.randrange(365)),
                area=areas[group["area"]],
            )
            if place < group.get("codes", group["count"]):
                _give_code(budget_round, voter)
            session.add(voter)


def _give_code(budget_round: BudgetRound, voter: Voter) -> None:
    """Let the voter's code letter open the booth; to hash a code takes long, so some do without."""
    code = code_of(budget_round.slug, voter.roll_number)
    voter.code_locator = code.locator
    voter.code_hash = code_letters.hash_secret(code.secret)


def _add_known_to_mitid(session: Session, budget_round: BudgetRound, now: datetime) -> None:
    """Add those of the stand-in's people who are on the roll; they have no code letter."""
    areas = {area.name: area for area in budget_round.areas}
    for person in texts.read("mitid")["people"]:
        if person.get("on_roll"):
            session.add(
                Voter(
                    round_id=budget_round.id,
                    roll_number=person["number"],
                    birth_date=None
                    if person.get("protected")
                    else stand_in.birth_date(person, now),
                    area=areas[person["area"]],
                )
            )
