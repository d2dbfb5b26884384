"""Every order that is left: of the voters before the box is opened, of the ballots afterwards."""

import io
import zipfile

from sqlalchemy import select, text

from budgeting.extensions import db
from budgeting.models import Ballot, BoardEntry, Envelope, Voter
from budgeting.services import bundles
from budgeting.tally import pabulib
from tests.soak import linkage_files

PLACES = {
    "sqlite": {"row": "rowid"},
    "postgresql": {"place in the table": "ctid", "transaction": "cast(xmin as text)::bigint"},
}


def places_of(table, key):
    """Where the database itself keeps the rows: the owners in each such order."""
    for name, column in PLACES[db.engine.dialect.name].items():
        ordered = text(f"select {key} from {table} order by {column}, {key}")
        yield name, list(db.session.scalars(ordered))


def of_voters(session, files):
    """The voters in the order of all that is known of them and of their envelopes."""
    envelopes = session.scalars(select(Envelope)).all()
    said = {
        "when they voted": lambda one: (one.handed_in_at, one.voter_id),
        "the roll": lambda one: one.voter_id,
        "the receipts": lambda one: one.receipt,
        "the sealed bytes": lambda one: one.sealed,
    }
    orders = {name: ids(sorted(envelopes, key=key)) for name, key in said.items()}
    board = session.scalars(select(BoardEntry.receipt).order_by(BoardEntry.position)).all()
    last = {receipt: place for place, receipt in enumerate(board)}
    orders["the board"] = ids(sorted(envelopes, key=lambda one: last[one.receipt]))
    orders |= {f"envelopes by {name}": found for name, found in places_of("envelope", "voter_id")}
    roll = session.scalars(select(Voter).order_by(Voter.code_locator)).all()
    voted = set(ids(envelopes))
    orders["the codes"] = [one.id for one in roll if one.id in voted]
    marks = {one.voter_id: bytes(one.sealed[-64:]) for one in envelopes}
    orders |= by_bytes("envelopes", files, marks)
    forms = {one.voter_id: one.receipt.encode() for one in envelopes}
    return orders | by_bytes("receipts", files, forms)


def ids(envelopes):
    return [one.voter_id for one in envelopes]


def of_ballots(session, budget_round, files):
    """The ballots, each as its choices, in every order they are found in."""
    choices = {one.id: tuple(sorted(one.choices)) for one in session.scalars(select(Ballot))}
    orders = {"ids": sorted(choices)}
    orders |= {f"ballots by {name}": found for name, found in places_of("ballot", "id")}
    orders |= by_bytes("ballots", files, {one: one.encode() for one in choices})
    told = {name: [choices[one] for one in found] for name, found in orders.items()}
    return told | {"what is published": published(session, budget_round)}


def published(session, budget_round):
    with zipfile.ZipFile(io.BytesIO(bundles.made(session(), budget_round))) as bundle:
        election = pabulib.read(bundle.read("pots/1/ballots.pb"))
    return [tuple(sorted(one.choices)) for one in election.profile.ballots]


def by_bytes(what, files, marks):
    found = {}
    for last in (False, True):
        word = "last" if last else "first"
        for name, order in linkage_files.in_order_of_bytes(files, marks, last=last):
            found[f"{what} {word} in {name}"] = order
    return found
