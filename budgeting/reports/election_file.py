"""A counted pot as a Pabulib file, so that anyone can count it again."""

from dataclasses import dataclass

from budgeting.models import Count, Pot
from budgeting.rulebook.rules import BallotRule, Rulebook
from budgeting.tally import Instance, Outcome, Profile, pabulib, pb_rules
from budgeting.tally.pb_values import amount_text
from budgeting.timezone import COPENHAGEN
from budgeting.vocabulary import BallotType, ReasonKind

OERE = 100


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
        **_rule(outcome),
        "date_begin": f"{rulebook.timetable.voting_opens.astimezone(COPENHAGEN):%d.%m.%Y}",
        "date_end": f"{rulebook.timetable.voting_closes.astimezone(COPENHAGEN):%d.%m.%Y}",
        **_limits(rulebook.ballot),
        "language": "da",
        "currency": rulebook.currency,
        **_granted(outcome),
        "rulebook_sha256": counted.fingerprint,
        "comment": budget_round.source,
    }


def _rule(outcome: Outcome) -> dict[str, str]:
    """Write how the ballots were counted, to be read back by the tally's command."""
    return pb_rules.as_meta(outcome.settings, OERE)


def _granted(outcome: Outcome) -> dict[str, str]:
    """Write what a project got that is selected and got only a part: ``4:49300``."""
    parts = [
        f"{one.project_id}:{amount_text(one.granted or 0, OERE)}"
        for one in outcome.reasons.values()
        if one.kind is ReasonKind.FUNDED_IN_PART
    ]
    return {"funded_in_part": ",".join(parts)} if parts else {}


def _limits(rule: BallotRule) -> dict[str, str]:
    """Write what a valid ballot is in the file's words; what the type does not have is left out."""
    limits = {"min_length": rule.min_choices, "max_length": rule.max_choices}
    match rule.ballot_type:
        case BallotType.CUMULATIVE:
            limits |= {"max_points": rule.most_per_project, "max_sum_points": rule.votes_each}
        case BallotType.SCORING:
            limits |= {"min_points": rule.lowest_points, "max_points": rule.highest_points}
    return {name: str(limit) for name, limit in limits.items() if limit or name == "min_points"}
