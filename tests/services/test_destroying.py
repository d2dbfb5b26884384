"""Once nobody can object any more: envelopes and keys go for good, and what is public stays."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from budgeting.extensions import db
from budgeting.models import (
    AuditEvent,
    Ballot,
    BoardEntry,
    Count,
    Envelope,
    HandedInForm,
    OfficerKey,
    PaperMark,
)
from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.services import bundles, clean_files, destroying, turnout
from budgeting.vocabulary import Role
from tests import results

DAY = timedelta(days=1)
SNAPSHOT = {"sqlite": "SERIALIZABLE", "postgresql": "REPEATABLE READ"}


@pytest.fixture
def made(session):
    return results.published(session)


def destroy(made, by=Role.ADMIN, days=29):
    destroying.destroy(
        by=made.people[by], budget_round=made.budget_round, now=datetime.now(UTC) + days * DAY
    )


def clean(minutes=0):
    return clean_files.clean_due(datetime.now(UTC) + 29 * DAY + timedelta(minutes=minutes))


def test_envelopes_forms_and_locked_keys_go_and_the_rest_stays(session, made):
    destroy(made)

    assert session.query(Envelope).count() == 0
    assert session.query(HandedInForm).count() == 0
    key = session.query(OfficerKey).one()
    assert (key.locked_private_key, len(key.public_key)) == (None, 32)
    assert session.query(Ballot).count() == session.query(BoardEntry).count() == 5
    assert turnout.turnout_of(session, made.budget_round)[0].handed_in == 5


def test_who_voted_on_paper_is_forgotten_and_how_many_is_not(session, made):
    pot, voter, admin = made.pots[0], made.voters[0], made.people[Role.ADMIN]
    session.add(PaperMark(pot_id=pot.id, voter_id=voter.id, account_id=admin.id))
    session.get(Count, pot.id).on_paper = 1
    session.commit()

    destroy(made)

    assert session.query(PaperMark).count() == 0
    assert turnout.turnout_of(session, made.budget_round)[0].on_paper == 1


def test_what_was_published_is_the_same_afterwards(session, made):
    before = bundles.made(session, made.budget_round)

    destroy(made)

    assert bundles.made(session, made.budget_round) == before


def test_the_log_says_how_many(session, made):
    destroy(made)

    event = session.query(AuditEvent).order_by(AuditEvent.number.desc()).first()
    assert (event.deed, event.details) == ("destroy_ballot_box", '{"envelopes":5}')


def test_not_a_byte_of_an_envelope_is_left_in_the_file(session, made):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's files are looked at in tests/soak/test_linkage.py")
    sealed = session.query(Envelope).first().sealed
    locked = session.query(OfficerKey).one().locked_private_key

    destroy(made)

    assert (clean(), clean(60)) == (1, 0)
    file = db.engine.url.database
    for name in (file, f"{file}-wal"):
        try:
            with open(name, "rb") as opened:
                content = opened.read()
        except FileNotFoundError:
            continue
        assert sealed[60:100] not in content
        assert locked[60:100] not in content


def test_the_files_are_clean_only_when_nobody_reads_what_was_there_before(session, made):
    with db.engine.connect() as backup:
        backup.execution_options(isolation_level=SNAPSHOT[db.engine.dialect.name])
        assert backup.scalar(select(func.count()).select_from(Envelope)) == 5

        destroy(made)

        assert clean() == 0
        session.expire_all()
        assert made.budget_round.files_clean_at is None
        assert backup.scalar(select(func.count()).select_from(Envelope)) == 5
    assert clean(9) == 0
    assert clean(11) == 1
    session.expire_all()
    assert made.budget_round.files_clean_at is not None


def test_nothing_is_destroyed_while_somebody_may_object(session, made):
    with pytest.raises(destroying.StillOpenToObjections):
        destroy(made, days=27)
    assert session.query(Envelope).count() == 5


def test_the_days_are_those_of_the_rulebook(session):
    made = results.published(session)
    assert destroying.due_at(made.budget_round) == made.budget_round.published_at + 28 * DAY
    assert not destroying.is_due(made.budget_round, datetime.now(UTC))
    assert destroying.is_due(made.budget_round, datetime.now(UTC) + 29 * DAY)


def test_it_is_done_once(made):
    destroy(made)

    with pytest.raises(destroying.AlreadyDestroyed):
        destroy(made)
    assert not destroying.is_due(made.budget_round, datetime.now(UTC) + 40 * DAY)


def test_a_result_that_is_not_published_keeps_its_envelopes(session):
    made = results.counted(session)

    with pytest.raises(WrongPhase):
        destroy(made)


def test_an_officer_destroys_nothing(made):
    with pytest.raises(NotYourDeed):
        destroy(made, by=Role.OFFICER)
