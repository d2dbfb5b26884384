"""Makes what tests start from: a municipality, people, and a round in any phase.

    made = make.budget_round(session, phase=Phase.VOTING)
    made.budget_round, made.pots, made.projects, made.voters, made.codes

The clock is real; the round's dates lie around it, so a test shifts nothing to be in a phase.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache

from budgeting.ballotbox import code_letters, officer_keys, stretching
from budgeting.models import (
    Account,
    AccountRole,
    Area,
    BudgetRound,
    Municipality,
    OfficerKey,
    PairTrial,
    Pot,
    Project,
    Proposal,
    Screening,
    Voter,
)
from budgeting.rulebook import officers as officers_rule
from budgeting.services import ballot_list, freezing
from budgeting.vocabulary import (
    BallotType,
    Completion,
    PaperVotes,
    Phase,
    Publication,
    Role,
    Rule,
    ScreeningOutcome,
    Stop,
    Utility,
    WaysIn,
)

PASSPHRASE = "bænken i parken står klar"
QUICK = stretching.Cost(1, 64, 1)
TITLES = ("Gåbus", "Lektiecafé", "Borgernes park", "IT-café", "Varmestue")
KRONER = 100
OFFICERS = ("Inge Nøgle", "Jens Lås", "Karen Segl")

# Where "now" lies among the six moments of the timetable: days until each of them.
DAYS = {
    Phase.DRAFT: (1, 10, 20, 30, 40, 400),
    Phase.ANNOUNCED: (1, 10, 20, 30, 40, 400),
    Phase.PROPOSING: (-1, 10, 20, 30, 40, 400),
    Phase.SCREENING: (-20, -10, 20, 30, 40, 400),
    Phase.PRESENTING: (-30, -20, -10, 30, 40, 400),
    Phase.VOTING: (-40, -30, -20, -10, 10, 400),
    Phase.COUNTING: (-50, -40, -30, -20, -10, 400),
    Phase.DECIDING: (-50, -40, -30, -20, -10, 400),
    Phase.REALISING: (-50, -40, -30, -20, -10, 400),
    Phase.CLOSED: (-500, -400, -300, -200, -100, -1),
}
MOMENTS = (
    "proposing_opens",
    "proposing_closes",
    "presenting_opens",
    "voting_opens",
    "voting_closes",
    "realising_ends",
)
# What each type of ballot has beside how many projects it may name, and how most is counted first.
BALLOTS = {
    BallotType.KNAPSACK: {"max_choices": 0},
    BallotType.CUMULATIVE: {"max_choices": 0, "votes_each": 5, "most_per_project": 3},
    BallotType.SCORING: {"max_choices": 0, "lowest_points": 1, "highest_points": 5},
}
MOST_FIRST = {
    BallotType.ORDINAL: Utility.BORDA_COST,
    BallotType.CUMULATIVE: Utility.POINTS_COST,
    BallotType.SCORING: Utility.POINTS_COST,
}
WITH_PROJECTS = (
    Phase.PRESENTING,
    Phase.VOTING,
    Phase.COUNTING,
    Phase.DECIDING,
    Phase.REALISING,
    Phase.CLOSED,
)


@dataclass
class Made:
    """A round and everything around it."""

    budget_round: BudgetRound
    areas: list[Area]
    pots: list[Pot]
    projects: list[Project] = field(default_factory=list)
    voters: list[Voter] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    people: dict[Role, Account] = field(default_factory=dict)
    officers: list[Account] = field(default_factory=list)


def municipality(session):
    made = session.query(Municipality).first()
    if made is None:
        made = Municipality(name="Prøveby Kommune", phone="12 34 56 78", email="hjaelp@example.org")
        session.add(made)
        session.commit()
    return made


def account(session, *roles, name="Liam O'Tarmey", email=None):
    made = Account(name=name, email=email or f"{'-'.join(roles) or 'borger'}@example.org")
    made.given_roles = [AccountRole(role=role) for role in roles]
    session.add(made)
    session.commit()
    return made


def budget_round(
    session,
    phase=Phase.VOTING,
    *,
    slug="nordby-2026",
    ballot_type=BallotType.APPROVAL,
    min_choices=1,
    max_choices=3,
    ballot=None,
    rule=Rule.GREEDY,
    utility=None,
    completion=Completion.NONE,
    min_age=13,
    pots=(("Nordby", 300_000), ("Sydby", 150_000)),
    projects=TITLES,
    costs=(40_000, 120_000, 90_000, 20_000, 60_000),
    for_everyone=(),
    voters_in_each_area=2,
    officers=1,
    ways_in=WaysIn.CODES,
    publication=Publication.FULL,
    paper_votes=PaperVotes.NONE,
    options=None,
    now=None,
):
    """Make a round in a phase; DECIDING and later are left counted=False: see tests of counting.

    ``ballot`` holds the columns of a type's own limits, such as ``votes_each``.
    """
    now = now or datetime.now(UTC)
    made = BudgetRound(
        municipality_id=municipality(session).id,
        slug=slug,
        title=f"Runden {slug}",
        summary="Vi bestemmer sammen.",
        introduction="Her fordeler vi penge i lokalområdet.",
        min_age=min_age,
        ballot_type=ballot_type,
        **{"min_choices": min_choices, "max_choices": max_choices}
        | (ballot or BALLOTS.get(ballot_type, {})),
        rule=rule,
        utility=utility or MOST_FIRST.get(ballot_type, Utility.COST),
        completion=completion,
        stop=Stop.OVER_BUDGET,
        ties="cost,votes,id",
        officers=officers,
        ways_in=ways_in,
        publication=publication,
        paper_votes=paper_votes,
        frame_decision="Byrådet den 1. marts, punkt 4",
        **(options or {}),
        **{
            name: now + timedelta(days=days)
            for name, days in zip(MOMENTS, DAYS[phase], strict=True)
        },
    )
    session.add(made)
    areas = [Area(name=name) for name, _ in pots]
    made.areas = areas
    made.pots = [
        Pot(
            name=f"Puljen {name}",
            area=None if name in for_everyone else area,
            budget_limit_oere=sum_kr * KRONER,
        )
        for (name, sum_kr), area in zip(pots, areas, strict=True)
    ]
    session.flush()
    whole = Made(made, areas, list(made.pots))
    for number in range(officers):
        _add_key(session, whole, number, now)
    for first, second in officers_rule.pairs(officers):
        session.add(PairTrial(round_id=made.id, first=first, second=second, tried_at=now))
    _add_voters(session, whole, voters_in_each_area)
    if phase is not Phase.DRAFT:
        freezing.freeze(session, made, now)
    if phase in WITH_PROJECTS:
        _add_projects(session, whole, projects, costs, now)
    if phase in (Phase.DECIDING, Phase.REALISING, Phase.CLOSED):
        made.sealed_at = made.counted_at = made.published_at = now
    if phase in (Phase.REALISING, Phase.CLOSED):
        made.adopted_at = now
    session.commit()
    return whole


def proposal(session, made, *, title="Gåbus", author=None, amount_kr=24_000, pot=None):
    """Make a proposal in the round's first pot, by a citizen of its own."""
    author = author or _person(session, made, Role.CITIZEN)
    one = _proposal(made, title, author, amount_kr, pot or made.pots[0])
    session.add(one)
    session.commit()
    return one


def _proposal(made, title, author, amount_kr, pot):
    now = datetime.now(UTC)
    return Proposal(
        round_id=made.budget_round.id,
        author_id=author.id,
        pot_id=pot.id,
        area_id=pot.area_id,
        title=title,
        text=f"{title} er for alle. Vi står selv for det meste.",
        amount_oere=amount_kr * KRONER,
        submitted_at=now,
        changed_at=now,
    )


def _person(session, made, role):
    if role not in made.people:
        made.people[role] = account(
            session,
            *(() if role is Role.CITIZEN else (role,)),
            email=f"{role}-{made.budget_round.slug}@example.org",
        )
    return made.people[role]


def _add_key(session, whole, number, now):
    mark = f"-{number + 1}" if number else ""
    officer = account(
        session,
        Role.OFFICER,
        name=OFFICERS[number],
        email=f"noegle{mark}-{whole.budget_round.slug}@example.org",
    )
    whole.officers.append(officer)
    whole.people.setdefault(Role.OFFICER, officer)
    pair = _key_pair(number)
    session.add(
        OfficerKey(
            round_id=whole.budget_round.id,
            number=number,
            account_id=officer.id,
            public_key=pair.public_key,
            locked_private_key=pair.locked_private_key,
            made_at=now,
            tested_at=now,
        )
    )


@cache
def _key_pair(_number):
    return officer_keys.make_key(PASSPHRASE, QUICK)


@cache
def _code(number):
    """A code letter that is the same in every test, with its hash."""

    def drawn(length):
        return hashlib.sha256(f"code {number}".encode()).digest()[:length]

    code = code_letters.make_code(drawn)
    return code, code_letters.hash_secret(code.secret, QUICK)


def _add_voters(session, whole, in_each_area):
    for place, area in enumerate(whole.areas):
        for number in range(in_each_area):
            code, secret_hash = _code(place * in_each_area + number)
            voter = Voter(
                round_id=whole.budget_round.id,
                roll_number=f"{place + 1}{number + 1:03}",
                birth_date=date(1980, 5, 4),
                area=area,
                code_locator=code.locator,
                code_hash=secret_hash,
            )
            session.add(voter)
            whole.voters.append(voter)
            whole.codes.append(code.text)
    session.flush()


def _add_projects(session, whole, titles, costs, now):
    caseworker = account(
        session,
        Role.CASEWORKER,
        name="Torben Sag",
        email=f"sag-{whole.budget_round.slug}@example.org",
    )
    author = _person(session, whole, Role.CITIZEN)
    wanted = [
        (_proposal(whole, title, author, cost, pot), pot, cost)
        for pot in whole.pots
        for title, cost in zip(titles, costs, strict=False)
    ]
    session.add_all(one for one, _, _ in wanted)
    session.flush()
    for number, (one, pot, cost) in enumerate(wanted, start=1):
        session.add(
            Screening(
                proposal_id=one.id,
                caseworker_id=caseworker.id,
                outcome=ScreeningOutcome.APPROVED,
                cost_oere=cost * KRONER,
                answered_at=now,
            )
        )
        project = Project(
            round_id=whole.budget_round.id,
            pot_id=pot.id,
            area_id=pot.area_id,
            proposal_id=one.id,
            ballot_id=str(number),
            title=one.title,
            text=one.text,
            cost_oere=cost * KRONER,
        )
        session.add(project)
        whole.projects.append(project)
    ballot_list.fix(session, whole.budget_round)
    whole.budget_round.screening_finished_at = now
