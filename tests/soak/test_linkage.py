"""A short form of `python -m tests.soak linkage`, and the careless houses that it must catch."""

import itertools
import random
from dataclasses import replace

from sqlalchemy import select

from budgeting.extensions import db
from budgeting.models import Envelope, OfficerKey
from budgeting.services import boxes, opening_box
from tests.soak import linkage, linkage_files

VOTERS, AGAIN = 40, 6


def test_no_order_that_is_left_leads_from_voter_to_ballot(session):
    found = linkage.attack(session, VOTERS, AGAIN)
    assert len(found) > 50
    assert found[0].surprise < linkage.UNLIKELY, found[0]


def test_a_house_that_numbers_the_ballots_as_it_opens_them_is_caught(session, monkeypatch):
    numbers = itertools.count(10**30)
    monkeypatch.setattr(opening_box.secrets, "token_hex", lambda _: f"{next(numbers):032}")
    found = linkage.attack(session, VOTERS, AGAIN)
    caught = {one.ballots for one in found if one.surprise > linkage.UNLIKELY}
    assert "ids" in caught


def test_a_house_that_writes_the_ballots_in_the_envelopes_order_is_caught(session, monkeypatch):
    open_box = opening_box.open_box

    def careless(session, pot, rule, keys, progress):
        """The ids are random, but the rows lie as the envelopes lay."""
        box = open_box(session, pot, rule, keys, progress)
        ballot_of = {tuple(one.choices): one for one in box.ballots}
        context, paper = boxes.context_of(session, pot), boxes.paper_of(session, pot)
        sealed = session.scalars(select(Envelope.sealed).order_by(Envelope.voter_id))
        opened = [opening_box.open_one(one, keys, context, rule, paper) for one in sealed]
        return replace(box, ballots=tuple(ballot_of[one.projects] for one in opened))

    monkeypatch.setattr(opening_box, "open_box", careless)
    found = linkage.attack(session, VOTERS, AGAIN)
    caught = {one.ballots for one in found if one.surprise > linkage.UNLIKELY}
    assert any(name.startswith("ballots by") for name in caught)
    assert "ids" not in caught


def test_a_house_that_shuffles_within_small_heaps_is_caught():
    places = [place for heap in range(0, 60, 6) for place in reversed(range(heap, heap + 6))]
    surprise, _ = linkage.surprise(places)
    assert surprise > linkage.UNLIKELY


def test_chance_itself_is_not_caught():
    drawn = random.Random(3)
    for _ in range(50):
        surprise, _ = linkage.surprise(drawn.sample(range(60), 60))
        assert surprise < linkage.UNLIKELY


def test_no_envelope_and_no_locked_key_is_left_in_any_file_of_the_database(session):
    made, _ = linkage.vote(session, VOTERS, AGAIN)
    marks = {f"envelope {one.voter_id}": one.sealed[60:100] for one in session.query(Envelope)}
    marks |= {"locked key": session.query(OfficerKey).first().locked_private_key[60:100]}
    before = linkage_files.copies(session)
    assert all(linkage_files.holding(before, bytes(mark)) for mark in marks.values())

    linkage.finish(made)

    after = linkage_files.copies(session)
    after.pop(linkage_files.LOG_FOLDER, None)
    left = {name: linkage_files.holding(after, bytes(mark)) for name, mark in marks.items()}
    assert not any(left.values()), {name: where for name, where in left.items() if where}
    assert db.session.query(Envelope).count() == 0
