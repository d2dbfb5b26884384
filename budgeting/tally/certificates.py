"""Certificates: a count written down so that anyone can check it without our engine.

A certificate holds the settings, a fingerprint of projects and ballots, and every step with
its exact number: the project, its score (for equal shares 1/rho), who ran out, the
runner-up with its score, and every tie. With add1 it also holds the next run, which shows
why raising stopped. ``verifier`` checks all of it with fractions alone.
"""

import hashlib
from collections import Counter
from typing import Any

from budgeting.tally import equal_shares
from budgeting.tally.election import Ballot, Instance, Profile
from budgeting.tally.outcome import Outcome, Step, exact_text
from budgeting.tally.settings import RuleSettings
from budgeting.vocabulary import BallotType, Rule

FORMAT = "borgerbudget-certificate-1"


def certify(instance: Instance, profile: Profile, outcome: Outcome) -> dict[str, Any]:
    """The certificate of an outcome, as plain values for json.dumps."""
    plain = outcome.to_json()
    certificate = {
        "format": FORMAT,
        "election": {
            "fingerprint": fingerprint(instance, profile),
            "budget_limit": instance.budget_limit,
            "unit": instance.unit,
            "projects": len(instance.projects),
            "voters": len(profile.ballots),
        },
        "settings": plain["settings"],
        "winners": plain["winners"],
        "total_cost": outcome.total_cost,
        "increments": outcome.increments,
        "raised_by": outcome.raised_by,
        "stopped_by": outcome.stopped_by,
        "remarks": plain["remarks"],
        "steps": [_step(step) for step in outcome.steps],
        "ties": plain["ties"],
    }
    if outcome.settings.rule is Rule.EQUAL_SHARES:
        shares = _shares_steps(instance, profile, outcome)
        certificate["shares"] = [_step(step) for step in shares]
        certificate["following"] = _following(instance, profile, outcome)
    return certificate


def _step(step: Step) -> dict[str, Any]:
    return {
        "number": step.number,
        "project_id": step.project_id,
        "note": step.note,
        "score": None if step.score is None else exact_text(step.score),
        "left_before": step.left_before,
        "left_after": step.left_after,
        "runner_up": step.runner_up,
        "runner_up_score": step.runner_up_score and exact_text(step.runner_up_score),
        "ran_out": step.ran_out,
    }


def _shares_steps(instance: Instance, profile: Profile, outcome: Outcome) -> list[Step]:
    """The steps of equal shares itself, also where the greedy outcome was preferred."""
    if "greedy_preferred" not in outcome.remarks:
        return [step for step in outcome.steps if step.note == "funded"]
    told = equal_shares.told(instance, profile, outcome.settings, outcome.raised_by)
    return [step for step in told.steps if step.note == "funded"]


def _following(
    instance: Instance, profile: Profile, outcome: Outcome
) -> list[dict[str, Any]] | None:
    """The run with one raise more, where that one went over the limit."""
    if outcome.stopped_by != "over_budget":
        return None
    raised_by = outcome.raised_by + increment_of(instance, outcome.settings)
    told = equal_shares.told(instance, profile, outcome.settings, raised_by)
    return [_step(step) for step in told.steps]


def increment_of(instance: Instance, settings: RuleSettings) -> int:
    """What one raise adds to each voter."""
    return settings.increment or instance.unit


def fingerprint(instance: Instance, profile: Profile) -> str:
    """SHA-256 of projects and ballots; the order of rows changes nothing.

    One line each: the limit and the unit; the ballot type; each project by id (id, cost,
    area, categories); each different ballot in order (number, choices, points). Ballots
    that are not ranked have their choices in order of id.
    """
    projects = sorted(instance.projects, key=lambda project: project.id)
    ballots = Counter(_ballot_line(profile.ballot_type, ballot) for ballot in profile.ballots)
    lines = [f"{instance.budget_limit}/{instance.unit}", str(profile.ballot_type)]
    lines += [f"{one.id};{one.cost};{one.area};{','.join(one.categories)}" for one in projects]
    lines += [f"{many};{line}" for line, many in sorted(ballots.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _ballot_line(ballot_type: BallotType, ballot: Ballot) -> str:
    if ballot.points is not None:
        pairs = sorted(zip(ballot.choices, ballot.points, strict=True))
        return ",".join(one for one, _ in pairs) + ";" + ",".join(str(own) for _, own in pairs)
    ranked = ballot_type is BallotType.ORDINAL
    return ",".join(ballot.choices if ranked else sorted(ballot.choices)) + ";"
