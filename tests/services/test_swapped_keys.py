"""No ballot is sealed to keys other than those the rules were frozen with; that is an alarm."""

import pytest

from budgeting import clock
from budgeting.ballotbox import officer_keys
from budgeting.models import AuditEvent, Envelope, OfficerKey
from budgeting.services import fixed_rounds, voting
from budgeting.services.key_guard import KeysSwapped
from tests import make
from tests.web.citizen.booth import Visitor


@pytest.fixture
def made(session):
    """A round under vote; somebody has laid a key of their own in an officer's place."""
    made = make.budget_round(session, officers=3)
    fixed_rounds._kept.clear()
    key = session.query(OfficerKey).filter_by(number=1).one()
    key.public_key = officer_keys.make_key("en helt anden sætning her", make.QUICK).public_key
    session.commit()
    yield made
    fixed_rounds._kept.clear()


def cast(made, voter=0):
    return voting.cast(
        voter=made.voters[voter],
        pot=voting.pots_of(made.voters[voter])[0],
        choices=("1",),
        form_nonce=f"form {voter}",
        now=clock.now(),
    )


def test_nothing_is_sealed_to_a_swapped_key(session, made):
    with pytest.raises(KeysSwapped):
        cast(made)

    assert session.query(Envelope).count() == 0


def test_it_stands_in_the_log_once_for_each_pot(session, made):
    for voter in (0, 1):
        with pytest.raises(KeysSwapped):
            cast(made, voter)

    assert [one.deed for one in session.query(AuditEvent)] == ["keys_swapped"]


def test_a_key_more_is_refused_too(session, made):
    key = session.query(OfficerKey).filter_by(number=1).one()
    session.delete(key)
    session.commit()

    with pytest.raises(KeysSwapped):
        cast(made)


def test_the_voter_is_told_before_anything_is_handed_in(app, session, made):
    visitor = Visitor(app.test_client(), made)
    visitor.enter()

    page = visitor.choose("1", status=422)

    assert "ikke dem, spillereglerne lover" in page.errors[0]
    assert session.query(AuditEvent).count() == 1


def test_keys_read_before_the_swap_stay_those_of_the_rules(session):
    made = make.budget_round(session, officers=3)
    fixed_rounds._kept.clear()
    cast(made)
    key = session.query(OfficerKey).filter_by(number=1).one()
    key.public_key = officer_keys.make_key("en helt anden sætning her", make.QUICK).public_key
    session.commit()

    assert cast(made, 1)
