"""A real election becomes a round: its ballots lie sealed in the box, ready to be counted.

From here on it is a round like any other: the same key opens the box, the same deed
counts it, and the same pages publish it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.ballotbox import officer_keys
from budgeting.models import (
    Account,
    AccountRole,
    Area,
    BudgetRound,
    ExclusiveGroup,
    Municipality,
    OfficerKey,
    Pot,
    Project,
    Voter,
)
from budgeting.refusals import Refusal
from budgeting.rulebook import ballots as ballot_rules
from budgeting.services import (
    audit,
    ballot_list,
    envelopes,
    fixed_rounds,
    freezing,
    imported_rules,
    slugs,
    transaction,
)
from budgeting.tally import pb_rules
from budgeting.tally.pabulib import Election
from budgeting.timezone import COPENHAGEN
from budgeting.vocabulary import N_, Role

OERE_PER_UNIT = 100
OFFICER_EMAIL = "import@localhost.invalid"


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the importer decides, beside what the file says; None leaves it to the file."""

    title: str | None = None
    slug: str | None = None
    summary: str = ""
    introduction: str = ""
    area: str | None = None
    pot: str | None = None
    source: str = ""
    min_age: int = 0
    ties: str = "id"
    explanations: dict[str, str] | None = None


class PointsInParts(Refusal):
    """Points with decimals, which no ballot in the booth can give."""

    message = N_("Filen har point med komma. Den kan ikke lægges i urnen, for her er point hele.")


class SlugTaken(Refusal):
    """Another round has the address."""

    message = N_("Der er allerede en runde med adressen „%(slug)s“. Vælg en anden.")


def import_election(
    election: Election, *, wishes: Wishes, passphrase: str, now: datetime
) -> BudgetRound:
    """Store the election as a round in the counting phase, all of it or nothing.

    The passphrase opens the box; nobody stores it.
    """
    if election.profile.points_unit != 1:
        raise PointsInParts()
    pair = officer_keys.make_key(passphrase)
    with transaction.deed() as session:
        budget_round = _round(session, election, wishes)
        session.add(budget_round)
        session.flush()
        session.add(_key(session, budget_round, pair, now))
        freezing.freeze(session, budget_round, now)
        projects = _projects(budget_round, election, wishes)
        session.add_all([*projects, *_groups(budget_round, election, projects)])
        fingerprint = ballot_list.fix(session, budget_round)
        budget_round.screening_finished_at = now
        _fill_box(session, budget_round, election)
        audit.record(
            session,
            "import_election",
            by=None,
            now=now,
            budget_round=budget_round,
            ballots=len(election.profile.ballots),
            ballot_list=fingerprint,
        )
    return budget_round


def _round(session: Session, election: Election, wishes: Wishes) -> BudgetRound:
    meta = election.meta
    title = wishes.title or " ".join(
        part for part in (meta.get("unit"), meta.get("instance")) if part
    )
    area = Area(name=wishes.area or meta.get("unit", title))
    return BudgetRound(
        municipality_id=_municipality(session, meta.get("unit", title)).id,
        slug=_slug(session, wishes.slug, title),
        title=title[:120],
        summary=wishes.summary,
        introduction=wishes.introduction or meta.get("description", title),
        currency=election.instance.currency[:3],
        source=wishes.source,
        min_age=wishes.min_age,
        ties=wishes.ties,
        areas=[area],
        pots=[
            Pot(
                name=wishes.pot or meta.get("description", title)[:120],
                budget_limit_oere=_oere(election, election.instance.budget_limit),
            )
        ],
        frame_decision=wishes.source or title,
        **_moments(meta),
        **imported_rules.of(election),
    )


def _municipality(session: Session, name: str) -> Municipality:
    found = session.scalar(select(Municipality))
    if found is None:
        found = Municipality(name=name)
        session.add(found)
        session.flush()
    return found


def _slug(session: Session, wished: str | None, title: str) -> str:
    taken = set(session.scalars(select(BudgetRound.slug)))
    if wished and wished in taken:
        raise SlugTaken(slug=wished)
    return wished or slugs.free_slug(title, taken)


def _moments(meta: dict[str, str]) -> dict[str, datetime]:
    """Return a timetable around the days of voting; what went before is not in the file."""
    opens = _midnight(_day(meta.get("date_begin")))
    closes = _midnight(_day(meta.get("date_end") or meta.get("date_begin"))) + timedelta(days=1)
    return {
        "proposing_opens": opens - timedelta(days=3),
        "proposing_closes": opens - timedelta(days=2),
        "presenting_opens": opens - timedelta(days=1),
        "voting_opens": opens,
        "voting_closes": max(closes, opens + timedelta(days=1)),
        "realising_ends": closes + timedelta(days=730),
    }


def _day(text: str | None) -> date:
    """Read ``15.04.2024`` or a bare year, which means its first day."""
    for pattern in ("%d.%m.%Y", "%Y-%m-%d", "%Y"):
        try:
            return datetime.strptime(text or "", pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return date(2000, 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN).astimezone(UTC)


def _oere(election: Election, amount: int) -> int:
    return amount * OERE_PER_UNIT // election.instance.unit


def _key(
    session: Session,
    budget_round: BudgetRound,
    pair: officer_keys.OfficerKeyPair,
    now: datetime,
) -> OfficerKey:
    return OfficerKey(
        round_id=budget_round.id,
        number=0,
        account_id=_officer(session).id,
        public_key=pair.public_key,
        locked_private_key=pair.locked_private_key,
        made_at=now,
        tested_at=now,
    )


def _officer(session: Session) -> Account:
    """Return an officer to hold the key, or make the one that stands for the import."""
    found = session.scalar(
        select(Account).join(AccountRole).where(AccountRole.role == Role.OFFICER)
    )
    if found is None:
        found = Account(name="Import", email=OFFICER_EMAIL)
        found.given_roles = [AccountRole(role=Role.OFFICER)]
        session.add(found)
        session.flush()
    return found


def _projects(budget_round: BudgetRound, election: Election, wishes: Wishes) -> list[Project]:
    texts = wishes.explanations or {}
    least = dict(pb_rules.options_of(election.meta, election.instance.unit).accepts_partly)
    return [
        Project(
            round_id=budget_round.id,
            pot_id=budget_round.pots[0].id,
            area_id=budget_round.areas[0].id,
            ballot_id=project.id,
            title=(project.name or project.id)[:200],
            text=texts.get(project.id, ""),
            cost_oere=_oere(election, project.cost),
            least_oere=_oere(election, least[project.id]) if project.id in least else None,
        )
        for project in election.instance.projects
    ]


def _groups(
    budget_round: BudgetRound, election: Election, projects: list[Project]
) -> list[ExclusiveGroup]:
    options = pb_rules.options_of(election.meta, election.instance.unit)
    return [
        ExclusiveGroup(
            pot_id=budget_round.pots[0].id,
            projects=[project for project in projects if project.ballot_id in group],
        )
        for group in options.exclusive_groups
    ]


def _fill_box(session: Session, budget_round: BudgetRound, election: Election) -> None:
    """Seal every ballot and lay it in the box, as if its voter had handed it in."""
    pot = budget_round.pots[0]
    fixed = fixed_rounds.of(session, budget_round.id)
    rulebook, turn = fixed.rulebook, envelopes.box_in_turn(session, pot.id)
    voters = _roll(session, budget_round, len(election.profile.ballots))
    for voter, filled in zip(voters, election.profile.ballots, strict=True):
        ballot = imported_rules.supported(filled, rulebook.ballot.ballot_type)
        ballot_rules.check(ballot.choices, rulebook.ballot, fixed.pots[pot.id].paper, ballot.points)
        sealed = envelopes.seal(fixed, pot.id, ballot.choices, ballot.points)
        envelopes.put_in(
            session, turn, voter_id=voter.id, sealed=sealed, now=rulebook.timetable.voting_opens
        )


def _roll(session: Session, budget_round: BudgetRound, size: int) -> list[Voter]:
    """Make a roll of nameless voters, numbered from 1."""
    area_id = budget_round.areas[0].id
    roll = [
        Voter(round_id=budget_round.id, roll_number=str(number), area_id=area_id)
        for number in range(1, size + 1)
    ]
    session.add_all(roll)
    session.flush()
    return roll
