"""The one place that turns the rulebook's way of counting into the tally's settings."""

from dataclasses import dataclass

from budgeting.rulebook.rules import TallyRule
from budgeting.tally import Cap, GreedyOptions, RuleSettings
from budgeting.vocabulary import Comparison

LOT = "lot"


@dataclass(frozen=True, kw_only=True)
class OnBallot:
    """What a pot's ballot adds to the rules: which projects accept a part, which exclude others."""

    pot: str = ""
    accepts_partly: tuple[tuple[str, int], ...] = ()
    exclusive_groups: tuple[tuple[str, ...], ...] = ()


NOTHING = OnBallot()


def settings_of(rule: TallyRule, lot_seed: str, on_ballot: OnBallot = NOTHING) -> RuleSettings:
    """Return how the ballots are counted; a lot is drawn from the committed seed."""
    chain = [f"{LOT}:{lot_seed}" if link == LOT else link for link in rule.ties]
    return RuleSettings(
        rule=rule.rule,
        utility=rule.utility,
        completion=rule.completion,
        stop=rule.stop,
        ties=",".join(chain),
        compare=None if rule.comparison is Comparison.NONE else str(rule.comparison),
        greedy=_greedy(rule, on_ballot),
    )


def _greedy(rule: TallyRule, on_ballot: OnBallot) -> GreedyOptions:
    """Return the options in one order, so that the same rules always read the same."""
    groups = (tuple(sorted(group)) for group in on_ballot.exclusive_groups)
    return GreedyOptions(
        no_skip=rule.no_skip,
        least_votes=rule.least_votes or None,
        least_share=_share(rule.least_percent),
        reserve_share=_share(rule.reserve_percent),
        exclusive_groups=tuple(sorted(groups)) if rule.has_groups else (),
        accepts_partly=tuple(sorted(on_ballot.accepts_partly)) if rule.in_part else (),
        caps=tuple(
            Cap(cap.kind, cap.name, cap.limit_oere) for cap in rule.caps if cap.pot == on_ballot.pot
        ),
    )


def _share(percent: int) -> str | None:
    return f"{percent}/100" if percent else None
