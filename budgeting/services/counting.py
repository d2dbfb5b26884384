"""The counting deed: seal the box, open it with the officer's key, count, keep the outcome.

Sealing is a transaction of its own, so that nothing can be added while the count runs;
opening and counting only read; and what came out is stored together in one transaction.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from budgeting.ballotbox import sealing
from budgeting.ballotbox.officer_keys import PrivateKey
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound, Count, Pot, Voter
from budgeting.refusals import Refusal
from budgeting.rulebook import officers, tally_settings, voters
from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.rules import Rulebook
from budgeting.services import (
    audit,
    beside_the_count,
    boxes,
    exclusive_groups,
    lending,
    opening_box,
    paper_marks,
    rounds,
    sealing_boxes,
    tallying,
    transaction,
)
from budgeting.services.opening_box import OpenedBox
from budgeting.services.pair_trials import NO_FILES
from budgeting.tally import count as tally
from budgeting.vocabulary import N_, ReasonKind


class NoKeyForBox(Refusal):
    """Nobody has made a key to the box."""

    message = N_("Der er ingen nøgle til stemmeurnen. Den skulle være lavet, før runden åbnede.")


class NotSealedYet(Refusal):
    """A box is opened only after two people have sealed it."""

    message = N_("Urnen skal forsegles, før den kan åbnes. To personer skal bekræfte det.")


class AlreadyCounted(Refusal):
    """A box is opened once."""

    message = N_("Stemmerne er allerede talt op. Du kan se resultatet og offentliggøre det.")


def count(
    *,
    by: Account,
    budget_round: BudgetRound,
    passphrases: Mapping[int, str],
    now: datetime,
    key_files: Mapping[int, str] = NO_FILES,
) -> None:
    """Open and count every pot of the round; the result waits to be published.

    ``passphrases`` holds those of the officers who lend their keys, under the keys' numbers.
    """
    rounds.permit(Deed.COUNT_BALLOTS, roles=by.roles, budget_round=budget_round, now=now)
    rulebook = rounds.rulebook_of(db.session(), budget_round)
    keys = _unlock(budget_round, rulebook, passphrases, key_files)
    _seal(by=by, budget_round=budget_round, now=now)
    opened = [
        opening_box.open_box(
            db.session(), db.session.get_one(Pot, box.pot_id), rulebook.ballot, keys
        )
        for box in boxes.boxes_of(db.session(), budget_round)
    ]
    count_opened(by=by, budget_round=budget_round, opened=opened, now=now)


def count_opened(
    *,
    by: Account,
    budget_round: BudgetRound,
    opened: list[OpenedBox],
    now: datetime,
    fingerprint: str | None = None,
) -> None:
    """Count what came out of the boxes and keep it; the fingerprint is of an opening elsewhere."""
    rulebook = rounds.rulebook_of(db.session(), budget_round)
    counts = [_count_of(box, budget_round, rulebook, now) for box in opened]
    with transaction.deed() as session:
        rounds.lock(session, budget_round)
        rounds.permit(Deed.COUNT_BALLOTS, roles=by.roles, budget_round=budget_round, now=now)
        if budget_round.counted_at:
            raise AlreadyCounted()
        _keep(session, opened, counts)
        budget_round.counted_at = now
        audit.record(
            session,
            Deed.COUNT_BALLOTS,
            by=by,
            now=now,
            budget_round=budget_round,
            envelopes_in=sum(box.envelopes_in for box in opened),
            ballots_out=sum(len(box.ballots) for box in opened),
            **_refused(opened),
            **({"opened_elsewhere": fingerprint} if fingerprint else {}),
        )


def counts_of(session: Session, budget_round: BudgetRound) -> list[Count]:
    """Return the counts of the round's pots, in the pots' order."""
    return list(
        session.scalars(
            select(Count).join(Pot).where(Pot.round_id == budget_round.id).order_by(Pot.id)
        )
    )


def entitled(session: Session, pot: Pot, rulebook: Rulebook) -> int:
    """Return how many people on the roll have a ballot in the pot."""
    rule = next(one for one in rulebook.pots if one.name == pot.name)
    roll = session.scalars(select(Voter).where(Voter.round_id == pot.round_id))
    return sum(
        voters.may_vote_about(
            rulebook,
            rule,
            birth_date=voter.birth_date,
            area=voter.area.name if voter.area else None,
        )
        for voter in roll
    )


def _unlock(
    budget_round: BudgetRound,
    rulebook: Rulebook,
    passphrases: Mapping[int, str],
    key_files: Mapping[int, str],
) -> Mapping[int, PrivateKey]:
    """Unlock the lent keys, and see that they open this box, before any transaction is open."""
    keys = boxes.officer_keys(db.session(), budget_round)
    if not keys:
        raise NoKeyForBox()
    locked = lending.locked_keys(keys, passphrases, key_files)
    unlocked = lending.unlock(locked, passphrases)
    sealing.check_keys(unlocked, [key.public_key for key in keys], rulebook.officers_needed)
    return unlocked


def _seal(*, by: Account, budget_round: BudgetRound, now: datetime) -> None:
    """See that the boxes are sealed; the only officer of a small round seals by counting."""
    with transaction.deed() as session:
        rounds.lock(session, budget_round)
        rounds.permit(Deed.COUNT_BALLOTS, roles=by.roles, budget_round=budget_round, now=now)
        if budget_round.counted_at:
            raise AlreadyCounted()
        if budget_round.sealed_at:
            return
        if budget_round.officers != officers.ONE:
            raise NotSealedYet()
        sealing_boxes.seal(session, by=by, budget_round=budget_round, now=now)


def _count_of(
    opened: OpenedBox, budget_round: BudgetRound, rulebook: Rulebook, now: datetime
) -> Count:
    session = db.session()
    projects = boxes.projects_of(session, opened.pot)
    instance = tallying.instance_of(opened.pot, projects)
    profile = tallying.profile_of(rulebook.ballot.ballot_type, opened.ballots)
    on_ballot = tallying.on_ballot(
        opened.pot, projects, exclusive_groups.of_pot(session, opened.pot)
    )
    settings = tally_settings.settings_of(rulebook.tally, budget_round.lot_seed, on_ballot)
    outcome = tally(instance, profile, settings)
    return Count(
        pot_id=opened.pot.id,
        envelopes_in=opened.envelopes_in,
        ballots_valid=len(opened.ballots),
        ballots_invalid=opened.invalid,
        voters_entitled=entitled(session, opened.pot, rulebook),
        on_paper=paper_marks.number_in(session, opened.pot),
        outcome=outcome.to_json(),
        **beside_the_count.of(instance, profile, outcome),
        counted_at=now,
    )


def _note_parts(session: Session, count: Count) -> None:
    """Write at each project that got only a part how much it was."""
    parts = {
        ballot_id: reason["granted"]
        for ballot_id, reason in count.outcome["reasons"].items()
        if reason["kind"] == ReasonKind.FUNDED_IN_PART
    }
    for project in boxes.projects_of(session, session.get_one(Pot, count.pot_id)):
        project.granted_oere = parts.get(project.ballot_id)


def _refused(opened: list[OpenedBox]) -> dict[str, str]:
    """Return why envelopes were refused, where any were: ``2 EnvelopeTampered, 1 LaidInTwice``."""
    reasons = sum((Counter(box.refused) for box in opened), Counter[str]())
    told = ", ".join(f"{times} {reason}" for reason, times in sorted(reasons.items()))
    return {"refused": told} if told else {}


def _keep(session: Session, opened: list[OpenedBox], counts: list[Count]) -> None:
    for box in opened:
        session.add_all(box.ballots)
    session.add_all(counts)
    for count in counts:
        _note_parts(session, count)
