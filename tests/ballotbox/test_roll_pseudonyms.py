"""Pseudonyms: the same person however typed, another in each round, and never the number."""

import hashlib
import hmac

import pytest

from budgeting.ballotbox import roll_pseudonyms

KEY = b"k" * 32


def test_a_pseudonym_is_hmac_sha256():
    expected = hmac.new(KEY, b"number\x000102031234", hashlib.sha256).hexdigest()

    assert roll_pseudonyms.of_number("010203-1234", KEY) == expected


@pytest.mark.parametrize(
    "typed", ["0102031234", " 010203 1234 ", "010203–1234", "０１０２０３１２３４"]
)
def test_the_same_number_typed_otherwise_is_the_same_person(typed):
    assert roll_pseudonyms.of_number(typed, KEY) == roll_pseudonyms.of_number("010203-1234", KEY)


def test_an_address_keeps_its_dashes_but_not_its_capitals():
    assert roll_pseudonyms.of_email(" A-B@x.dk", KEY) == roll_pseudonyms.of_email("a-b@X.dk", KEY)
    assert roll_pseudonyms.of_email("a-b@x.dk", KEY) != roll_pseudonyms.of_email("ab@x.dk", KEY)


def test_two_providers_cannot_be_mistaken_for_one():
    assert roll_pseudonyms.of_subject("ab", "c", KEY) != roll_pseudonyms.of_subject("a", "bc", KEY)


def test_kinds_of_identifier_never_meet():
    as_number, as_email = roll_pseudonyms.of_number("1", KEY), roll_pseudonyms.of_email("1", KEY)

    assert as_number != as_email


def test_every_round_has_its_own_pseudonyms():
    one, other = roll_pseudonyms.make_round_key(), roll_pseudonyms.make_round_key()

    assert roll_pseudonyms.of_number("1", one) != roll_pseudonyms.of_number("1", other)


@pytest.mark.parametrize("nothing", ["", "  ", " - ", "\t\n"])
def test_nothing_has_no_pseudonym(nothing):
    with pytest.raises(roll_pseudonyms.IdentifierMissing):
        roll_pseudonyms.of_number(nothing, KEY)


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="at least 32 bytes"):
        roll_pseudonyms.of_number("1", b"short")
