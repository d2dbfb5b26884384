"""The count of one pot, from its kept ballots to everything that is told of it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.models import Ballot, Count, Pot
from budgeting.rulebook import tally_settings
from budgeting.services import (
    beside_the_count,
    boxes,
    counts,
    exclusive_groups,
    paper_marks,
    rounds,
    tallying,
)
from budgeting.tally import count as tally


def of(session: Session, pot: Pot, envelopes_in: int, now: datetime) -> Count:
    """Count the pot's ballots; the ballots come in the order of their random ids."""
    rulebook = rounds.rulebook_of(session, pot.budget_round)
    projects = boxes.projects_of(session, pot)
    of_pot = select(Ballot.choices, Ballot.points).where(Ballot.pot_id == pot.id)
    ballots = session.execute(of_pot.order_by(Ballot.id))
    instance = tallying.instance_of(pot, projects)
    profile = tallying.profile_of(rulebook.ballot.ballot_type, ballots)
    on_ballot = tallying.on_ballot(pot, projects, exclusive_groups.of_pot(session, pot))
    settings = tally_settings.settings_of(rulebook.tally, pot.budget_round.lot_seed, on_ballot)
    outcome = tally(instance, profile, settings)
    return Count(
        pot_id=pot.id,
        envelopes_in=envelopes_in,
        ballots_valid=len(profile.ballots),
        ballots_invalid=envelopes_in - len(profile.ballots),
        voters_entitled=counts.entitled(session, pot, rulebook),
        on_paper=paper_marks.number_in(session, pot),
        outcome=outcome.to_json(),
        **beside_the_count.of(instance, profile, outcome),
        counted_at=now,
    )
