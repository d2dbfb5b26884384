"""The one place that turns the rulebook's way of counting into the tally's settings."""

from budgeting.rulebook.rules import TallyRule
from budgeting.tally import GreedyOptions, RuleSettings
from budgeting.vocabulary import Comparison

LOT = "lot"


def settings_of(rule: TallyRule, lot_seed: str) -> RuleSettings:
    """Return how the ballots are counted; a lot is drawn from the committed seed."""
    chain = [f"{LOT}:{lot_seed}" if link == LOT else link for link in rule.ties]
    return RuleSettings(
        rule=rule.rule,
        utility=rule.utility,
        completion=rule.completion,
        stop=rule.stop,
        ties=",".join(chain),
        compare=None if rule.comparison is Comparison.NONE else str(rule.comparison),
        greedy=GreedyOptions(
            no_skip=rule.no_skip,
            least_votes=rule.least_votes or None,
            least_share=f"{rule.least_percent}/100" if rule.least_percent else None,
        ),
    )
