"""A counted pot as a Pabulib file, so that anyone can count it again."""

from dataclasses import dataclass

from budgeting.models import Count, Pot
from budgeting.rulebook.rules import BallotRule, Rulebook
from budgeting.tally import Instance, Outcome, Profile, pabulib
from budgeting.timezone import COPENHAGEN
from budgeting.vocabulary import BallotType, Completion, Rule

PABULIB_RULES = {Rule.GREEDY: "greedy", Rule.EQUAL_SHARES: "equalshares"}


@dataclass(frozen=True)
class Counted:
    """What stands behind a file: the frozen rules with their fingerprint, pot and count."""

    pot: Pot
    count: Count
    rulebook: Rulebook
    fingerprint: str


def as_pb(counted: Counted, instance: Instance, profile: Profile) -> str:
    """Write the election with all its ballots, the rule, and who was recommended."""
    outcome = Outcome.from_json(counted.count.outcome)
    selected = {project.id: int(project.id in outcome.winners) for project in instance.projects}
    return pabulib.write(pabulib.Election(instance, profile, _meta(counted, outcome), selected))


def _meta(counted: Counted, outcome: Outcome) -> dict[str, str]:
    budget_round, rulebook = counted.pot.budget_round, counted.rulebook
    return {
        "description": f"{budget_round.title}: {counted.pot.name}",
        "country": "Denmark",
        "unit": budget_round.municipality.name,
        "instance": budget_round.slug,
        "subunit": counted.pot.area.name if counted.pot.area else "",
        "num_projects": "",
        "num_votes": "",
        "budget": "",
        "vote_type": rulebook.ballot.ballot_type.value,
        "rule": _rule_name(outcome),
        "date_begin": f"{rulebook.timetable.voting_opens.astimezone(COPENHAGEN):%d.%m.%Y}",
        "date_end": f"{rulebook.timetable.voting_closes.astimezone(COPENHAGEN):%d.%m.%Y}",
        **_limits(rulebook.ballot),
        "language": "da",
        "currency": rulebook.currency,
        "utility": str(outcome.settings.utility),
        "stop": str(outcome.settings.stop),
        "ties": outcome.settings.ties,
        "rulebook_sha256": counted.fingerprint,
        "comment": budget_round.source,
    }


def _limits(rule: BallotRule) -> dict[str, str]:
    """Write what a valid ballot is in the file's words; what the type does not have is left out."""
    limits = {"min_length": rule.min_choices, "max_length": rule.max_choices}
    match rule.ballot_type:
        case BallotType.CUMULATIVE:
            limits |= {"max_points": rule.most_per_project, "max_sum_points": rule.votes_each}
        case BallotType.SCORING:
            limits |= {"min_points": rule.lowest_points, "max_points": rule.highest_points}
    return {name: str(limit) for name, limit in limits.items() if limit or name == "min_points"}


def _rule_name(outcome: Outcome) -> str:
    name = PABULIB_RULES.get(outcome.settings.rule, str(outcome.settings.rule))
    if outcome.settings.completion is Completion.NONE:
        return name
    return f"{name}/{outcome.settings.completion}"
