"""Wrong codes from one address rest it for a while; honest crowds never notice; alarms are raised."""

from datetime import UTC, datetime, timedelta

import pytest

from budgeting.ballotbox import code_letters
from budgeting.models import AddressTry, AuditEvent
from budgeting.services import address_tries, booth_entry, code_tries, guessing_alarm, voting
from tests import make

NOW = datetime.now(UTC)
LIBRARY = "192.0.2.7"


@pytest.fixture
def made(session):
    return make.budget_round(session, voters_in_each_area=5)


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch):
    monkeypatch.setattr(code_letters, "verify_secret", lambda stored, secret: False)


def guess(made, times, now=NOW, address=LIBRARY):
    """Codes of letters nobody has, another one each time."""
    for _ in range(times):
        with pytest.raises(booth_entry.UnknownCode):
            enter(made, code_letters.make_code().text, now, address)


def enter(made, code, now=NOW, address=LIBRARY):
    return voting.enter(code, budget_round=made.budget_round, now=now, address=address)


def few(monkeypatch, most=10, left=2):
    monkeypatch.setattr(address_tries, "MOST_FAILURES", most)
    monkeypatch.setattr(address_tries, "LEFT_AFTER_A_REST", left)


def test_an_address_with_very_many_wrong_codes_rests(made, monkeypatch):
    few(monkeypatch)
    guess(made, 10)

    with pytest.raises(address_tries.AddressRests):
        enter(made, code_letters.make_code().text)


def test_another_address_goes_on(made, monkeypatch):
    few(monkeypatch)
    guess(made, 10)

    guess(made, 1, address="192.0.2.8")


def test_each_rest_is_twice_as_long_as_the_one_before_up_to_a_quarter(made, monkeypatch):
    few(monkeypatch)
    now, rests = NOW, []
    guess(made, 8, now)
    for _ in range(6):
        guess(made, 2, now)
        row = made_row()
        rests.append((row.closed_until - now) // timedelta(minutes=1))
        now = row.closed_until
        monkeypatch.setattr(address_tries, "ONE_FADES_IN", timedelta(days=1))
    assert rests == [1, 2, 4, 8, 15, 15]


def made_row():
    from budgeting.extensions import db

    db.session.expire_all()
    return db.session.query(AddressTry).one()


def test_right_codes_never_count(made, monkeypatch):
    few(monkeypatch)
    monkeypatch.setattr(code_letters, "verify_secret", lambda stored, secret: True)
    for _ in range(3):
        for code, voter in zip(made.codes, made.voters, strict=True):
            assert enter(made, code) == voter

    assert made_row().failures == 0


def test_wrong_codes_fade(made, monkeypatch):
    few(monkeypatch)
    guess(made, 9)

    guess(made, 9, NOW + 9 * address_tries.ONE_FADES_IN)
    assert made_row().closed_until is None


def test_a_full_library_that_mistypes_one_code_in_ten_is_not_held_up(made, monkeypatch):
    """500 voters within an hour, each with a try that is wrong in one of ten."""
    monkeypatch.setattr(code_tries, "FREE_TRIES", 10_000)
    for number in range(500):
        now = NOW + number * timedelta(seconds=7)
        monkeypatch.setattr(code_letters, "verify_secret", lambda *_: number % 10 != 0)  # noqa: B023
        if number % 10:
            assert enter(made, made.codes[number % 10], now)
        else:
            guess(made, 1, now)


def test_the_address_is_kept_as_a_keyed_hash(made):
    guess(made, 1)

    assert len(made_row().address) == 64
    assert LIBRARY not in made_row().address


def test_a_household_with_ipv6_is_one_address(made):
    guess(made, 1, address="2001:db8:1:2::3")
    guess(made, 1, address="2001:db8:1:2:ffff::4")

    assert made_row().failures == 2


def test_a_try_that_must_wait_for_its_letter_does_not_count_for_the_address(made):
    code = code_letters.make_code().text
    for _ in range(code_tries.FREE_TRIES):
        with pytest.raises(booth_entry.UnknownCode):
            enter(made, code)
    with pytest.raises(code_tries.TooManyTries):
        enter(made, code)

    assert made_row().failures == code_tries.FREE_TRIES


def test_many_letters_tried_in_vain_raise_one_alarm(made, session, monkeypatch, caplog):
    monkeypatch.setattr(guessing_alarm, "MANY_LETTERS", 5)
    guess(made, 8)

    alarms = session.query(AuditEvent).filter_by(deed=guessing_alarm.DEED).all()
    assert [alarm.details for alarm in alarms] == ['{"letters_tried":5}']
    assert "tried in vain" in caplog.text
    assert guessing_alarm.raised_lately(made.budget_round, NOW)
    assert not guessing_alarm.raised_lately(made.budget_round, NOW + timedelta(days=2))


def test_slips_in_a_few_letters_raise_none(made, session):
    guess(made, 20)

    assert not session.query(AuditEvent).filter_by(deed=guessing_alarm.DEED).count()
