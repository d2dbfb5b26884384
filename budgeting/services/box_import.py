"""What came out of a box on another machine is taken in, counted, and held against a second opening.

The platform cannot see which ballot was in which envelope, and is not meant to. What it checks
stands in decision 14.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.ballotbox import export_file, opened_file, opening_proof
from budgeting.ballotbox.ballot_coding import Choices
from budgeting.ballotbox.opened_file import Opened, OpenedPot
from budgeting.extensions import db
from budgeting.models import Account, Ballot, BallotBox, BudgetRound, Pot
from budgeting.refusals import Refusal
from budgeting.rulebook import ballots
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.rules import Rulebook
from budgeting.services import (
    audit,
    box_export,
    boxes,
    counting,
    opening_box,
    opening_challenges,
    rounds,
    transaction,
)
from budgeting.services.opening_box import OpenedBox
from budgeting.vocabulary import N_


class OpenedElsewhereRefused(Refusal):
    """The file does not fit what the platform holds."""

    field = "file"


class AnotherRound(OpenedElsewhereRefused):
    """The file is of another round, or of other rules."""

    message = N_("Filen hører til en anden runde eller andre spilleregler.")


class OtherEnvelopes(OpenedElsewhereRefused):
    """Another set of envelopes was opened than lies in the box."""

    message = N_("Filen passer ikke til kuverterne i puljen %(pot)s. Hent kuverterne igen.")


class NumbersDoNotAddUp(OpenedElsewhereRefused):
    """More ballots came out than envelopes went in."""

    message = N_("Der er flere stemmesedler end kuverter i puljen %(pot)s.")


class BallotAgainstTheRules(OpenedElsewhereRefused):
    """A ballot that the rulebook does not allow."""

    message = N_("En stemmeseddel i puljen %(pot)s bryder spillereglerne.")


class NotOpenedByOfficers(OpenedElsewhereRefused):
    """The answers do not show that enough officers' keys were there."""

    message = N_(
        "Filen viser ikke, at %(needed)s nøglepersoners nøgler var med, "
        "da den blev lavet. Den kan være ændret undervejs."
    )


class OpeningsDiffer(OpenedElsewhereRefused):
    """Two openings of the same box gave two results."""

    message = N_(
        "De to åbninger giver ikke det samme. Stop her, og få undersøgt, hvad der er sket. "
        "Det står i loggen."
    )


def take_in(*, by: Account, budget_round: BudgetRound, content: bytes, now: datetime) -> str:
    """Have what came out counted; where it is already, compare. Returns the fingerprint."""
    rounds.permit(Deed.COUNT_BALLOTS, roles=by.roles, budget_round=budget_round, now=now)
    box_export.refuse_unless_sealed_and_strict(budget_round)
    session = db.session()
    rulebook = rounds.rulebook_of(session, budget_round)
    opened = _believed(session, budget_round, rulebook, content)
    if budget_round.counted_at:
        _compare(by=by, budget_round=budget_round, opened=opened, now=now)
        return opened.fingerprint
    counting.order_opened(
        by=by,
        budget_round=budget_round,
        opened=[
            _as_box(box.pot_id, pot)
            for box, pot in zip(boxes.boxes_of(session, budget_round), opened.pots, strict=True)
        ],
        now=now,
        fingerprint=opened.fingerprint,
    )
    return opened.fingerprint


def _believed(
    session: Session, budget_round: BudgetRound, rulebook: Rulebook, content: bytes
) -> Opened:
    opened, answers = opened_file.read(content, rulebook.ballot.ballot_type)
    fingerprint = rounds.frozen_rules(session, budget_round.id).fingerprint
    found = boxes.boxes_of(session, budget_round)
    if (opened.budget_round, opened.rulebook) != (budget_round.slug, fingerprint):
        raise AnotherRound()
    if len(opened.pots) != len(found):
        raise AnotherRound()
    fits = [
        opening_proof.fits(
            opening_challenges.challenge_of(session, budget_round, number),
            opened.to_bytes(),
            given,
        )
        for number, given in answers.items()
        if 0 <= number < rulebook.officers
    ]
    if not all(fits) or not rulebook.officers_needed <= len(fits) == len(answers):
        raise NotOpenedByOfficers(needed=rulebook.officers_needed)
    for box, pot in zip(found, opened.pots, strict=True):
        _check_pot(session, box, pot, rulebook)
    return opened


def _check_pot(session: Session, box: BallotBox, opened: OpenedPot, rulebook: Rulebook) -> None:
    pot = session.get_one(Pot, box.pot_id)
    envelopes = box_export.envelopes_of(session, pot.id)
    held = (pot.name, box.board_root, len(envelopes), _digest(envelopes))
    if (opened.pot, opened.root, opened.envelopes_in, opened.envelopes) != held:
        raise OtherEnvelopes(pot=pot.name)
    if opened.valid > opened.envelopes_in:
        raise NumbersDoNotAddUp(pot=pot.name)
    paper = boxes.paper_of(session, pot)
    for choices, _ in opened.ballots:
        try:
            ballots.check(choices.projects, rulebook.ballot, paper, choices.points)
        except ballots.InvalidBallot as broken:
            raise BallotAgainstTheRules(pot=pot.name) from broken


def _digest(envelopes: tuple[bytes, ...]) -> str:
    return export_file.digest(export_file.lines_of(envelopes))


def _as_box(pot_id: int, opened: OpenedPot) -> OpenedBox:
    found = [
        opening_box.nameless(choices) for choices, count in opened.ballots for _ in range(count)
    ]
    found.sort(key=lambda ballot: ballot.id)
    return OpenedBox(pot_id, opened.envelopes_in, tuple(found), refused={})


def _compare(*, by: Account, budget_round: BudgetRound, opened: Opened, now: datetime) -> None:
    """Hold a second opening against what was counted; either way it stands in the log."""
    with transaction.deed() as session:
        is_same = all(_is_as_counted(session, pot, budget_round) for pot in opened.pots)
        audit.record(
            session,
            "second_opening" if is_same else "openings_differ",
            by=by,
            now=now,
            budget_round=budget_round,
            fingerprint=opened.fingerprint,
        )
    if not is_same:
        raise OpeningsDiffer()


def _is_as_counted(session: Session, opened: OpenedPot, budget_round: BudgetRound) -> bool:
    pot = next(one for one in budget_round.pots if one.name == opened.pot)
    kept = session.scalars(select(Ballot).where(Ballot.pot_id == pot.id))
    ballot_type = rounds.rulebook_of(session, budget_round).ballot.ballot_type
    counted = opened_file.grouped(
        Choices(
            ballot_type,
            tuple(one.choices),
            tuple(one.points) if one.points is not None else None,
        )
        for one in kept
    )
    return counted == opened.ballots
