"""A telephone and a password, and recovery codes for the day the telephone is gone."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from budgeting.models import RecoveryCode, SecondFactor
from budgeting.services import attempts, one_time_codes, second_factors
from budgeting.vocabulary import Role
from tests import make

NOW = datetime.now(UTC)


@pytest.fixture
def admin(session):
    return make.account(session, Role.ADMIN)


def code(secret, at=NOW):
    return one_time_codes.code_at(secret, one_time_codes.step_of(at))


@pytest.fixture
def telephone(admin):
    """The secret of a second factor in use since two minutes, and its recovery codes."""
    before = NOW - timedelta(minutes=2)
    secret = second_factors.secret_to_show(admin)
    return secret, second_factors.confirm(admin, code=code(secret, before), now=before)


def test_the_telephones_code_is_right_once(admin, telephone):
    second_factors.check(admin, code=code(telephone[0]), now=NOW)

    with pytest.raises(second_factors.CodeUsed):
        second_factors.check(admin, code=code(telephone[0]), now=NOW)


def test_an_older_code_than_the_last_is_used_too(admin, telephone):
    second_factors.check(admin, code=code(telephone[0]), now=NOW)

    with pytest.raises(second_factors.CodeUsed):
        second_factors.check(admin, code=code(telephone[0], NOW - timedelta(seconds=30)), now=NOW)


def test_the_code_that_set_it_up_does_not_sign_in(admin):
    secret = second_factors.secret_to_show(admin)
    second_factors.confirm(admin, code=code(secret), now=NOW)

    with pytest.raises(second_factors.CodeUsed):
        second_factors.check(admin, code=code(secret), now=NOW)


def test_the_telephones_clock_may_be_half_a_minute_ahead(admin, telephone):
    ahead = code(telephone[0], NOW + timedelta(seconds=30))

    second_factors.check(admin, code=f" {ahead[:3]} {ahead[3:]} ", now=NOW)


def test_a_wrong_code_is_refused_and_guessing_is_stopped(admin, telephone):
    for _ in range(attempts.ALLOWED):
        with pytest.raises(second_factors.WrongCode):
            second_factors.check(admin, code="12345", now=NOW)

    with pytest.raises(attempts.TooManyAttempts):
        second_factors.check(admin, code=code(telephone[0]), now=NOW)


def test_a_recovery_code_works_once_however_it_is_typed(admin, telephone):
    spoken = telephone[1][3].lower().replace("-", " ").replace("0", "o").replace("1", "l")

    second_factors.check(admin, code=spoken, now=NOW)

    with pytest.raises(second_factors.WrongCode):
        second_factors.check(admin, code=telephone[1][3], now=NOW)
    assert second_factors.recovery_codes_left(admin) == second_factors.RECOVERY_CODES - 1


def test_somebody_elses_recovery_code_opens_nothing(session, telephone):
    other = make.account(session, Role.OFFICER)

    with pytest.raises(second_factors.WrongCode):
        second_factors.check(other, code=telephone[1][0], now=NOW)


def test_new_recovery_codes_replace_the_old_ones(admin, telephone):
    new = second_factors.make_recovery_codes(by=admin, now=NOW)

    with pytest.raises(second_factors.WrongCode):
        second_factors.check(admin, code=telephone[1][0], now=NOW)
    second_factors.check(admin, code=new[0], now=NOW)


def test_neither_secret_nor_recovery_codes_stand_in_the_database(session, admin, telephone):
    secret, codes = telephone
    stored = str(session.execute(select(SecondFactor.__table__)).all())
    stored += str(session.execute(select(RecoveryCode.__table__)).all())

    assert one_time_codes.as_text(secret) not in stored
    assert not any(one.replace("-", "") in stored for one in codes)


def test_a_secret_in_use_is_not_shown_again(admin, telephone):
    with pytest.raises(PermissionError):
        second_factors.secret_to_show(admin)


def test_a_second_factor_not_yet_confirmed_opens_nothing(admin):
    secret = second_factors.secret_to_show(admin)

    with pytest.raises(second_factors.WrongCode):
        second_factors.check(admin, code=code(secret), now=NOW)
