"""Freezing the rulebook: from a round's rows to one canonical text with its fingerprint."""

import secrets
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy.orm import Session

from budgeting.ballotbox import officer_keys
from budgeting.models import BudgetRound, Pot, RulebookVersion
from budgeting.rulebook import lots, officers, rules
from budgeting.rulebook.rules import BallotRule, CapRule, PotRule, Rulebook, TallyRule
from budgeting.services import boxes, rounds
from budgeting.vocabulary import Rule

FIRST = 1
SEED_BYTES = 32


def freeze(session: Session, budget_round: BudgetRound, now: datetime) -> RulebookVersion:
    """Draw and commit to the lot, write the rulebook down, and mark the round as opened.

    The seed of the lot stays hidden until the count; its SHA-256 stands in the rulebook,
    so that everyone can check afterwards that it was drawn before the first ballot.
    """
    budget_round.lot_seed = secrets.token_hex(SEED_BYTES)
    keys = [
        officer_keys.fingerprint(key.public_key)
        for key in boxes.officer_keys(session, budget_round)
    ]
    text = rules.to_json(rulebook_from_rows(budget_round, keys))
    version = RulebookVersion(
        round_id=budget_round.id,
        number=FIRST,
        canonical_json=text,
        fingerprint=rules.fingerprint(text),
        made_at=now,
    )
    session.add(version)
    budget_round.opened_at = now
    return version


def rulebook_from_rows(budget_round: BudgetRound, key_fingerprints: Sequence[str]) -> Rulebook:
    """Return the rulebook a fully set-up round stands for."""
    return Rulebook(
        title=budget_round.title,
        currency=budget_round.currency,
        areas=tuple(area.name for area in budget_round.areas),
        pots=tuple(_pot_rule(pot) for pot in budget_round.pots),
        min_age=budget_round.min_age or 0,
        ballot=_ballot_rule(budget_round),
        tally=_tally_rule(budget_round),
        timetable=rounds.timetable_of(budget_round),
        officers=budget_round.officers,
        officers_needed=officers.needed(budget_round.officers),
        key_fingerprints=tuple(key_fingerprints),
        keys_in_files=budget_round.keys_in_files,
        objection_days=budget_round.objection_days,
        publication=budget_round.publication,
        ways_in=budget_round.ways_in,
        paper_votes=budget_round.paper_votes,
        lot_commitment=lots.commitment(budget_round.lot_seed),
    )


def _pot_rule(pot: Pot) -> PotRule:
    return PotRule(
        name=pot.name,
        budget_limit_oere=pot.budget_limit_oere,
        area=pot.area.name if pot.area else None,
    )


def find_ballot_rule(budget_round: BudgetRound) -> BallotRule | None:
    """Return what a valid ballot is in this round; None while it has not been chosen."""
    chosen = {one.name: getattr(budget_round, one.name) for one in fields(BallotRule)}
    return None if None in chosen.values() else BallotRule(**chosen)


def _ballot_rule(budget_round: BudgetRound) -> BallotRule:
    rule = find_ballot_rule(budget_round)
    assert rule is not None
    return rule


def _tally_rule(budget_round: BudgetRound) -> TallyRule:
    assert budget_round.rule is not None
    assert budget_round.utility is not None
    assert budget_round.completion is not None
    assert budget_round.stop is not None
    return TallyRule(
        rule=budget_round.rule,
        utility=budget_round.utility,
        completion=budget_round.completion,
        stop=budget_round.stop,
        ties=tuple(budget_round.ties.split(",")),
        comparison=budget_round.comparison,
        no_skip=budget_round.no_skip,
        least_votes=budget_round.least_votes,
        least_percent=budget_round.least_percent,
        reserve_percent=budget_round.reserve_percent,
        in_part=budget_round.in_part,
        has_groups=budget_round.has_groups,
        caps=_caps(budget_round) if budget_round.rule is Rule.GREEDY else (),
    )


def _caps(budget_round: BudgetRound) -> tuple[CapRule, ...]:
    return tuple(
        CapRule(
            pot=pot.name,
            kind="area" if cap.area else "category",
            name=cap.name,
            limit_oere=cap.limit_oere,
        )
        for pot in budget_round.pots
        for cap in pot.caps
    )
