"""Makes rounds that have been voted about: with envelopes in the box, counted, published, adopted.

    made = results.published(session, ballots=(("1", "2"), ("1",)))

A ballot is written as the ballot ids it names; the first voter hands in the first one.
"""

from datetime import UTC, datetime, timedelta

from budgeting.services import counting, decisions, publishing, voting
from budgeting.services.decisions import Choice
from budgeting.vocabulary import Phase, Role
from tests import make

ONE_POT = (("Nordby", 150_000),)
BALLOTS = (("1", "2"), ("1", "3"), ("1",), ("2", "4"), ("2", "3"))


def voted(session, *, ballots=BALLOTS, pots=ONE_POT, **wanted):
    """A round whose voting has closed, with these ballots in the first pot's box."""
    voters = wanted.pop("voters", len(ballots))
    made = make.budget_round(
        session, Phase.COUNTING, pots=pots, voters_in_each_area=voters, **wanted
    )
    last_minute = made.budget_round.voting_closes - timedelta(minutes=1)
    for number, choices in enumerate(ballots):
        voting.cast(
            voter=made.voters[number],
            pot=made.pots[0],
            **as_cast(choices),
            form_nonce=f"form {number}",
            now=last_minute,
        )
    made.people[Role.ADMIN] = make.account(session, Role.ADMIN, name="Anne Admin")
    made.people[Role.COUNCIL] = make.account(session, Role.COUNCIL, name="Bodil Byråd")
    return made


def as_cast(ballot):
    """A ballot with points is written as the points under the ballot ids."""
    if isinstance(ballot, dict):
        return {"choices": tuple(ballot), "points": tuple(ballot.values())}
    return {"choices": ballot}


def counted(session, **wanted):
    made = voted(session, **wanted)
    count(made)
    return made


def count(made):
    counting.count(
        by=made.people[Role.ADMIN],
        budget_round=made.budget_round,
        passphrases={0: make.PASSPHRASE},
        now=datetime.now(UTC),
    )


def published(session, **wanted):
    made = counted(session, **wanted)
    publish(made)
    return made


def publish(made):
    publishing.publish(
        by=made.people[Role.ADMIN], budget_round=made.budget_round, now=datetime.now(UTC)
    )


def adopted(session, *, departures=None, **wanted):
    """A round the council has decided about; ``departures`` maps ballot ids to reasons."""
    made = published(session, **wanted)
    departures = departures or {}
    choices = {
        project.id: Choice(
            is_recommended != (project.ballot_id in departures),
            departures.get(project.ballot_id, ""),
        )
        for project, is_recommended in decisions.recommended(session, made.budget_round)
    }
    decisions.adopt(
        by=made.people[Role.COUNCIL],
        budget_round=made.budget_round,
        choices=choices,
        reference="Byrådet den 4. juni, punkt 7",
        now=datetime.now(UTC),
    )
    return made
