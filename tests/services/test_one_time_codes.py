"""Codes from a telephone, held against the answers of RFC 6238, appendix B (its last six digits)."""

from datetime import UTC, datetime, timedelta

import pytest

from budgeting.services import one_time_codes

SECRET = b"12345678901234567890"
NOW = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds, code):
    assert one_time_codes.code_at(SECRET, seconds // 30) == code


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_telephone_half_a_minute_off_is_right(seconds):
    step = one_time_codes.step_of(NOW + timedelta(seconds=seconds))

    assert one_time_codes.find_step(SECRET, one_time_codes.code_at(SECRET, step), NOW) == step


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_telephone_a_whole_minute_off_is_wrong(seconds):
    step = one_time_codes.step_of(NOW + timedelta(seconds=seconds))

    assert one_time_codes.find_step(SECRET, one_time_codes.code_at(SECRET, step), NOW) is None


@pytest.mark.parametrize("typed", ["", "1", "abcdef", "１２３４５６", "🚸", "0" * 400])
def test_what_is_no_code_is_wrong(typed):
    assert one_time_codes.find_step(SECRET, typed, NOW) is None


def test_the_address_names_house_and_person():
    address = one_time_codes.address(SECRET, issuer="Prøveby Kommune", account="a+b@example.org")

    assert address.startswith("otpauth://totp/Pr%C3%B8veby%20Kommune%3Aa%2Bb%40example.org?secret=")
    assert "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in address
