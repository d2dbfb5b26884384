"""What other rules would have made of the same ballots: for comparison, never for decision."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from budgeting.services import results
from budgeting.services.results import PotResult
from budgeting.tally import Outcome, RuleSettings, count
from budgeting.vocabulary import Completion, Rule


@dataclass(frozen=True)
class Alternative:
    """One rule's answer; ``is_chosen`` is the one the rulebook names."""

    rule: Rule
    outcome: Outcome
    titles: list[str]
    is_chosen: bool


def of(session: Session, result: PotResult) -> list[Alternative]:
    """Return the pot's own outcome first, then the same ballots by the other rules."""
    instance, profile = results.election_of(session, result)
    own = result.outcome.settings
    outcomes = [result.outcome] + [
        count(instance, profile, settings) for settings in _other_settings(own)
    ]
    return [
        Alternative(
            rule=outcome.settings.rule,
            outcome=outcome,
            titles=result.titles_of(outcome.winners),
            is_chosen=outcome is result.outcome,
        )
        for outcome in outcomes
    ]


def _other_settings(own: RuleSettings) -> list[RuleSettings]:
    """Return the other rule with the same utility and ties."""
    if own.rule is Rule.GREEDY:
        return [replace(own, rule=Rule.EQUAL_SHARES, completion=Completion.ADD1)]
    return [replace(own, rule=Rule.GREEDY, completion=Completion.NONE)]
