"""What has happened in the demo's rounds: proposals written, answered, and votes handed in.

Everything goes through the house's own deeds, each at the moment it would have been done.
"""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from budgeting.demo import texts
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Pot, Project, Proposal, Voter
from budgeting.services import proposals, screening, voting
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
            ),
            seen=screening.Seen(proposal.version, screening.UNANSWERED),
            now=at,
        )
    screening.finish(by=caseworker, budget_round=budget_round, now=at + HOUR)


def hand_in_votes(budget_round: BudgetRound, words: dict[str, Any]) -> None:
    """Let some voters of each area hand in a ballot, the popular projects more often."""
    assert budget_round.voting_opens is not None
    chance = Random(f"votes {words['slug']}")  # noqa: S311 - made-up votes, the same every time
    weights = {text["title"]: text.get("weight", 1) for text in words["projects"]}
    for group in words["voters"]:
        for voter in _first_voters(budget_round, group["area"], group["handed_in"]):
            for pot in voting.pots_of(voter):
                voting.cast(
                    voter=voter,
                    pot=pot,
                    choices=_choices(budget_round, pot, weights, chance),
                    form_nonce=f"demo {voter.id} {pot.id}",
                    now=budget_round.voting_opens + HOUR,
                )


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
    return list(
        db.session.scalars(
            select(Voter)
            .where(Voter.round_id == budget_round.id, Voter.area_id == area_id)
            .where(Voter.code_locator.is_not(None))
            .order_by(Voter.id.desc())
            .limit(count)
        )
    )


def _choices(
    budget_round: BudgetRound, pot: Pot, weights: dict[str, int], chance: Random
) -> list[str]:
    projects = list(db.session.scalars(select(Project).where(Project.pot_id == pot.id)))
    assert budget_round.min_choices is not None
    assert budget_round.max_choices is not None
    wanted = chance.randint(max(budget_round.min_choices, 2), budget_round.max_choices)
    chosen: list[str] = []
    while projects and len(chosen) < wanted:
        one = chance.choices(projects, [weights[project.title] for project in projects])[0]
        projects.remove(one)
        chosen.append(one.ballot_id)
    return chosen
