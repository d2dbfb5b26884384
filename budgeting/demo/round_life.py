"""What has happened in the demo's rounds: proposals written, answered, and votes handed in.

Everything goes through the house's own deeds, each at the moment it would have been done.
"""

from datetime import datetime, timedelta
from operator import attrgetter
from random import Random
from typing import Any

from sqlalchemy import select

from budgeting.demo import made_up_ballots, texts
from budgeting.demo.secrets_shown import PASSPHRASE
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Pot, Proposal, Voter
from budgeting.services import counting, exclusive_groups, proposals, publishing, screening, voting
from budgeting.vocabulary import Role, ScreeningOutcome

HOUR = timedelta(hours=1)


def write_proposals(
    budget_round: BudgetRound, words: dict[str, Any], citizens: dict[str, int], now: datetime
) -> None:
    """Let each author hand in a proposal, one hour apart, while the phase is open."""
    assert budget_round.proposing_opens is not None
    at = budget_round.proposing_opens
    for text in words.get("proposals", []) + words.get("projects", []):
        at = min(at + HOUR, now)
        proposals.submit(
            by=db.session.get_one(Account, citizens[text["author"]]),
            budget_round=budget_round,
            content=_content(budget_round, text),
            now=at,
        )


def answer_proposals(
    budget_round: BudgetRound, words: dict[str, Any], staff: dict[Role, Account]
) -> None:
    """Let the caseworker answer every proposal and publish the answers."""
    assert budget_round.proposing_closes is not None
    at = budget_round.proposing_closes + HOUR
    caseworker = staff[Role.CASEWORKER]
    answers = {text["title"]: text for text in words["projects"]}
    standing = select(Proposal).where(Proposal.round_id == budget_round.id)
    for proposal in db.session.scalars(standing).all():
        text = answers[proposal.title]
        outcome = ScreeningOutcome(text["outcome"])
        screening.answer(
            by=caseworker,
            proposal=proposal,
            answer=screening.Answer(
                outcome=outcome,
                cost_oere=texts.oere(text["cost_kr"]) if "cost_kr" in text else None,
                reason=text.get("answer", ""),
                least_oere=texts.oere(text["least_kr"]) if "least_kr" in text else None,
                categories=tuple(text.get("categories", ())),
            ),
            seen=screening.Seen(proposal.version, screening.UNANSWERED),
            now=at,
        )
    screening.finish(by=caseworker, budget_round=budget_round, now=at + HOUR)


def put_groups_together(
    budget_round: BudgetRound, words: dict[str, Any], staff: dict[Role, Account]
) -> None:
    """Say which projects exclude each other, when they are known and before anyone votes."""
    assert budget_round.presenting_opens is not None
    ids = {
        project.title: project.id
        for pot in budget_round.pots
        for project in voting.projects_of(pot)
    }
    for group in words.get("groups", ()):
        exclusive_groups.put_together(
            by=staff[Role.CASEWORKER],
            budget_round=budget_round,
            project_ids=[ids[title] for title in group["titles"]],
            now=budget_round.presenting_opens + HOUR,
        )


def hand_in_votes(budget_round: BudgetRound, words: dict[str, Any]) -> None:
    """Let some voters of each area hand in a ballot, the popular projects more often."""
    assert budget_round.voting_opens is not None
    chance = Random(f"votes {words['slug']}")  # noqa: S311 - made-up votes, the same every time
    weights = {text["title"]: text.get("weight", 1) for text in words["projects"]}
    for group in words["voters"]:
        for voter in _first_voters(budget_round, group["area"], group["handed_in"]):
            for pot in voting.pots_of(voter):
                filled = _filled(voter, pot, weights, chance)
                voting.cast(
                    voter=voter,
                    pot=pot,
                    choices=filled.choices,
                    points=filled.points,
                    form_nonce=f"demo {voter.id} {pot.id}",
                    now=budget_round.voting_opens + HOUR,
                )


def count_and_publish(budget_round: BudgetRound, staff: dict[Role, Account]) -> None:
    """Let the administrator count a round with one officer and publish what came out."""
    assert budget_round.voting_closes is not None
    admin, after = staff[Role.ADMIN], budget_round.voting_closes + HOUR
    counting.count(by=admin, budget_round=budget_round, passphrases={0: PASSPHRASE}, now=after)
    publishing.publish(by=admin, budget_round=budget_round, now=after + HOUR)


def _content(budget_round: BudgetRound, text: dict[str, Any]) -> proposals.Content:
    pot = next(pot for pot in budget_round.pots if pot.name == text["pot"])
    area = next(area for area in budget_round.areas if area.name == text["area"])
    return proposals.Content(
        title=text["title"],
        text=text["text"],
        amount_oere=texts.oere(text["amount_kr"]),
        area_id=area.id,
        pot_id=pot.id,
    )


def _first_voters(budget_round: BudgetRound, area: str, count: int) -> list[Voter]:
    """Return voters from the end of the roll's area: the first codes are for the newcomer."""
    area_id = next(one.id for one in budget_round.areas if one.name == area)
    known_to_mitid = [person["number"] for person in texts.read("mitid")["people"]]
    return list(
        db.session.scalars(
            select(Voter)
            .where(Voter.round_id == budget_round.id, Voter.area_id == area_id)
            .where(Voter.roll_number.not_in(known_to_mitid))
            .order_by(Voter.id.desc())
            .limit(count)
        )
    )


def _filled(
    voter: Voter, pot: Pot, weights: dict[str, int], chance: Random
) -> made_up_ballots.Filled:
    return made_up_ballots.fill(
        voting.rulebook_of(voter).ballot,
        sorted(voting.projects_of(pot), key=attrgetter("id")),
        weights,
        pot.budget_limit_oere,
        chance,
    )
