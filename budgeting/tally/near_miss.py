"""How many further votes would have funded a project that greedy passed over.

Further votes for a project alone move it up the list and change nothing before its new
place. What is left only falls from step to step, so it must overtake the last project
that was looked at while there still was enough for it.

Example (Aarhus): 48.000 are left when the second project's turn comes, and it costs 78.450;
only before the first was looked at was there enough, so it needs more votes than the first.
"""

from dataclasses import replace
from fractions import Fraction
from math import floor

from budgeting.tally.electorate import Electorate
from budgeting.tally.outcome import Outcome, Reason, Step
from budgeting.tally.settings import GreedyOptions
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import ReasonKind, Utility

_ONE_LEVEL = frozenset({Utility.COST, Utility.CARDINALITY})
_PASSED_OVER = frozenset({ReasonKind.DID_NOT_FIT, ReasonKind.LOST_TIE})


def with_votes_missing(outcome: Outcome, electorate: Electorate, chain: TieChain) -> Outcome:
    """Return the outcome with ``votes_missing`` where a vote is one level of support."""
    settings = outcome.settings
    if settings.utility not in _ONE_LEVEL or settings.greedy != GreedyOptions():
        return outcome
    reasons = {
        project_id: replace(reason, votes_missing=_missing(reason, outcome, electorate, chain))
        if reason.kind in _PASSED_OVER
        else reason
        for project_id, reason in outcome.reasons.items()
    }
    return replace(outcome, reasons=reasons)


def _missing(
    reason: Reason, outcome: Outcome, electorate: Electorate, chain: TieChain
) -> int | None:
    enough = [step for step in outcome.steps if step.left_before >= reason.cost]
    if not enough:
        return None
    return _votes_to_overtake(reason, enough[-1], electorate, chain)


def _votes_to_overtake(
    reason: Reason, step: Step, electorate: Electorate, chain: TieChain
) -> int | None:
    assert step.score is not None
    place = electorate.ids.index(reason.project_id)
    per_vote = Fraction(electorate.factors[place], reason.cost)
    level_with = step.score / per_vote
    votes = floor(level_with)
    if votes == level_with and votes > electorate.strength[place]:
        draws_ahead = _comes_first(reason, votes, step, electorate, chain)
        return votes - electorate.strength[place] + (0 if draws_ahead else 1)
    return votes + 1 - electorate.strength[place]


def _comes_first(
    reason: Reason, votes: int, step: Step, electorate: Electorate, chain: TieChain
) -> bool:
    """Whether the project would come before the other one if they stood level."""
    project = electorate.instance.project_by_id()[reason.project_id]
    more = votes - electorate.strength[electorate.ids.index(project.id)]
    mine = chain.key_of(project, reason.votes + more)
    return (mine, project.id) < (chain.keys[step.project_id], step.project_id)
