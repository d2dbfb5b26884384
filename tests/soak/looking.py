"""Looks into the box afterwards: what was said to be there, what is there, and what it counts as."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from budgeting import clock
from budgeting.models import (
    BallotBox,
    BoardEntry,
    BudgetRound,
    Count,
    Envelope,
    HandedInForm,
    PaperMark,
)
from budgeting.services import counting, receipt_look_up
from budgeting.vocabulary import Role
from tests import make


@dataclass
class Box:
    """What is in the box, by voter and by receipt."""

    envelopes: dict
    marked: set
    board: list
    board_size: int
    forms: dict

    @property
    def extra(self):
        """Votes that would count beside another one of the same voter."""
        return len(self.envelopes) + len(self.marked) - len(self.voters)

    @property
    def voters(self):
        return set(self.envelopes) | self.marked

    def lost(self, form_hashes):
        """How many forms that were acknowledged are not there, or not on the board."""
        there = set(self.board)
        return sum(self.forms.get(one) not in there for one in form_hashes)

    def check(self):
        """The box fits together: a whole board, each envelope on it, each form once."""
        assert self.board_size == len(self.board), (self.board_size, len(self.board))
        assert len(set(self.board)) == len(self.board)
        assert set(self.envelopes.values()) <= set(self.board)
        assert sorted(self.forms.values()) == sorted(self.board), "a form is doubled or lost"


def look(house):
    """Reads the box as it is now."""
    with house.inside() as session:
        of_pot = {"pot_id": house.pot}
        rows = session.query(Envelope.voter_id, Envelope.receipt).filter_by(**of_pot)
        board = session.query(BoardEntry.position, BoardEntry.receipt).filter_by(**of_pot)
        lines = sorted(map(tuple, board))
        assert [position for position, _ in lines] == list(range(len(lines)))
        return Box(
            envelopes=dict(map(tuple, rows)),
            marked=set(session.scalars(select(PaperMark.voter_id).filter_by(**of_pot))),
            board=[receipt for _, receipt in lines],
            board_size=session.get(BallotBox, house.pot).board_size,
            forms=dict(map(tuple, session.query(HandedInForm.form_hash, HandedInForm.receipt))),
        )


def count(house, box):
    """Closes, seals, opens and counts; each voter has exactly one vote in the count."""
    with house.inside() as session:
        budget_round = session.get(BudgetRound, house.round)
        for receipt in list(box.envelopes.values())[:50]:
            assert receipt_look_up.is_on_board(receipt, budget_round)
        counting.count(
            by=make.account(session, Role.ADMIN, email="taeller@example.org"),
            budget_round=budget_round,
            passphrases={0: make.PASSPHRASE},
            now=max(budget_round.voting_closes, clock.now()) + timedelta(minutes=1),
        )
        counted = session.scalars(select(Count)).one()
        assert counted.ballots_valid == counted.envelopes_in == len(box.envelopes)
        assert counted.on_paper == len(box.marked)
        return counted.ballots_valid + counted.on_paper - len(box.voters)


def votes_in(house):
    """How many ballots have ever been put in the box."""
    with house.inside() as session:
        return session.scalar(select(func.count()).select_from(BoardEntry))
