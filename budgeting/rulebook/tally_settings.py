"""The one place that turns the rulebook's way of counting into the tally's settings."""

from budgeting.rulebook.rules import TallyRule
from budgeting.tally import RuleSettings

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
    )
