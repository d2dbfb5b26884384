"""Takes a round from its set-up to its result, through every deed, for the options of greedy."""

from dataclasses import dataclass, replace
from datetime import timedelta

from budgeting import clock
from budgeting.rulebook.rules import TallyRule
from budgeting.services import (
    counting,
    exclusive_groups,
    opening,
    proposals,
    publishing,
    results,
    screening,
    setting_up,
    voting,
)
from budgeting.services.proposals import Content
from budgeting.services.screening import Answer, Seen
from budgeting.vocabulary import Completion, Phase, Role, Rule, ScreeningOutcome, Stop, Utility
from tests import make

MOST_VOTES = TallyRule(
    rule=Rule.GREEDY,
    utility=Utility.COST,
    completion=Completion.NONE,
    stop=Stop.OVER_BUDGET,
    ties=("cost", "votes", "id"),
)
KRONER = make.KRONER


@dataclass(frozen=True)
class Idea:
    """A proposal: what it costs, how many vote for it, and what its author accepts."""

    title: str
    cost_kr: int
    votes: int
    least_kr: int | None = None
    area: int = 0
    categories: tuple[str, ...] = ()

    @property
    def least_oere(self):
        return self.least_kr and self.least_kr * KRONER


def draft(session, pot_kr, **wanted):
    """A finished draft with one pot for everyone."""
    made = make.budget_round(
        session,
        Phase.DRAFT,
        pots=(("Nordby", pot_kr), ("Sydby", 1)),
        for_everyone=("Nordby", "Sydby"),
        projects=(),
        costs=(),
        **wanted,
    )
    made.people[Role.ADMIN] = make.account(session, Role.ADMIN, name="Anne Admin")
    made.people[Role.CASEWORKER] = make.account(session, Role.CASEWORKER, name="Torben Sag")
    made.people[Role.CITIZEN] = make.account(session, name="Liv Borger")
    return made


def choose(made, **options):
    """Choose most votes first with these options."""
    setting_up.choose_count(
        by=made.people[Role.ADMIN],
        budget_round=made.budget_round,
        seen_version=made.budget_round.version,
        tally=replace(MOST_VOTES, **options),
        now=clock.now(),
    )


def at(made, moment, *, days=1):
    """A day (or more) into the phase that begins at this moment."""
    return getattr(made.budget_round, moment) + timedelta(days=days)


def present(session, made, ideas):
    """Open the round, propose and approve these ideas; return the projects in their order."""
    one = made.budget_round
    opening.open_round(
        by=made.people[Role.ADMIN], budget_round=one, seen_version=one.version, now=clock.now()
    )
    for number, idea in enumerate(ideas):
        _propose(made, idea, number)
    screening.finish(
        by=made.people[Role.CASEWORKER], budget_round=one, now=at(made, "proposing_closes")
    )
    return results_projects(session, made)


def _propose(made, idea, number):
    content = Content(
        title=idea.title,
        text="For alle.",
        amount_oere=idea.cost_kr * KRONER,
        least_oere=idea.least_oere,
        pot_id=made.pots[0].id,
        area_id=made.areas[idea.area].id,
    )
    proposal = proposals.submit(
        by=made.people[Role.CITIZEN],
        budget_round=made.budget_round,
        content=content,
        now=at(made, "proposing_opens") + timedelta(minutes=number),
    )
    screening.answer(
        by=made.people[Role.CASEWORKER],
        proposal=proposal,
        answer=Answer(
            ScreeningOutcome.APPROVED,
            cost_oere=idea.cost_kr * KRONER,
            least_oere=proposal.least_oere,
            categories=idea.categories,
        ),
        seen=Seen(proposal.version),
        now=at(made, "proposing_closes"),
    )


def results_projects(session, made):
    from budgeting.services import project_lists

    listed = project_lists.of_round(session, made.budget_round)
    return sorted(listed, key=lambda one: one.id)


def exclude(made, *projects, days=1):
    """Say before voting opens that at most one of these gets money."""
    exclusive_groups.put_together(
        by=made.people[Role.CASEWORKER],
        budget_round=made.budget_round,
        project_ids=[one.id for one in projects],
        now=at(made, "presenting_opens", days=days),
    )


def result(session, made, ideas, projects):
    """Vote as many times as the ideas say, count, publish; return the pot's result."""
    choices = [project.ballot_id for project in projects]
    for number, voter in enumerate(made.voters):
        chosen = [one for one, idea in zip(choices, ideas, strict=True) if idea.votes > number]
        if chosen:
            voting.cast(
                voter=voter,
                pot=made.pots[0],
                choices=chosen,
                form_nonce=f"form {number}",
                now=at(made, "voting_opens"),
            )
    after = at(made, "voting_closes")
    counting.count(
        by=made.people[Role.ADMIN],
        budget_round=made.budget_round,
        passphrases={0: make.PASSPHRASE},
        now=after,
    )
    publishing.publish(by=made.people[Role.ADMIN], budget_round=made.budget_round, now=after)
    return results.results_of(session, made.budget_round)[0]
