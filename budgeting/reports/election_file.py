"""A counted pot as a Pabulib file, so that anyone can count it again."""

from dataclasses import dataclass

from budgeting.models import Count, Pot
from budgeting.rulebook.rules import Rulebook
from budgeting.tally import Instance, Outcome, Profile, pabulib
from budgeting.timezone import COPENHAGEN
from budgeting.vocabulary import Completion, Rule

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
        "min_length": str(rulebook.ballot.min_choices),
        "max_length": str(rulebook.ballot.max_choices),
        "language": "da",
        "currency": rulebook.currency,
        "utility": str(outcome.settings.utility),
        "stop": str(outcome.settings.stop),
        "ties": outcome.settings.ties,
        "rulebook_sha256": counted.fingerprint,
        "comment": budget_round.source,
    }


def _rule_name(outcome: Outcome) -> str:
    name = PABULIB_RULES.get(outcome.settings.rule, str(outcome.settings.rule))
    if outcome.settings.completion is Completion.NONE:
        return name
    return f"{name}/{outcome.settings.completion}"
