"""Code letters: read forgivingly, no slip goes through, and refused in words that help."""

import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.ballotbox import check_sign, code_letters, crockford

SIGNS = st.text(crockford.SIGNS, min_size=15, max_size=15)


def known_code():
    return code_letters.make_code(random.Random(7).randbytes)


def whole(signs):
    return signs + check_sign.check_sign_of(signs)


def test_a_code_is_sixteen_signs_in_four_groups():
    groups = known_code().text.split("-")

    assert [len(group) for group in groups] == [4, 4, 4, 4]


def test_the_same_randomness_gives_the_same_code():
    assert known_code().text == "2TEC-MQ49-PKZ5-7H6J"


def test_a_code_reads_back_as_its_locator_and_secret():
    code = known_code()
    parsed = code_letters.parse(code.text)

    assert (parsed.locator, parsed.secret) == (code.locator, code.secret)
    assert (len(parsed.locator), len(parsed.secret)) == (5, 10)


def test_a_locator_that_is_taken_is_not_given_again():
    draws = [b"\x00" * 10, b"\x00" * 10, b"\xff" * 10]

    code = code_letters.make_code(lambda count: draws.pop(0)[:count], taken={"00000"})

    assert code.locator == "ZZZZZ"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oO0øØ", "00000"),
        ("iIlL1", "11111"),
        ("uUvV", "VVVV"),
        (" ab-cd–ef—gh\t\n", "ABCDEFGH"),
        ("a\u00a0b\u200bc\ufeffd", "ABCD"),
        ("ＡＢ１２", "AB12"),
    ],
)
def test_signs_are_read_as_people_mean_them(typed, meant):
    assert crockford.read(typed) == meant


@given(SIGNS)
def test_every_single_wrong_sign_is_found(signs):
    code = whole(signs)
    slips = (
        code[:place] + wrong + code[place + 1 :]
        for place in range(16)
        for wrong in crockford.SIGNS
        if wrong != code[place]
    )

    assert not any(check_sign.is_whole(slip) for slip in slips)


@given(SIGNS)
def test_every_swap_of_two_signs_is_found(signs):
    code = whole(signs)
    for first in range(16):
        for second in range(first + 1, 16):
            swapped = list(code)
            swapped[first], swapped[second] = code[second], code[first]
            assert check_sign.is_whole("".join(swapped)) == (code[first] == code[second])


@pytest.mark.parametrize(
    ("typed", "refusal", "words"),
    [
        ("", code_letters.CodeMissing, "Skriv koden fra dit brev."),
        (" - ", code_letters.CodeMissing, "Den har 16 tegn i fire grupper."),
        ("2TEC-MQ49-PKZ5-7H6", code_letters.CodeHasWrongLength, "Du har skrevet 15."),
        ("2TEC-MQ49-PKZ5-7H6JJ", code_letters.CodeHasWrongLength, "Du har skrevet 17."),
        ("2TEC-MQ49-PKZ5-7H?J", code_letters.CodeHasUnknownSign, "„?“"),
        ("2TEC-MQ49-PKZ5-7HJ6", code_letters.CodeMistyped, "tastefejl"),
    ],
)
def test_a_refusal_says_what_to_do_beside_the_field(typed, refusal, words):
    with pytest.raises(refusal) as caught:
        code_letters.parse(typed)

    assert words in str(caught.value)
    assert caught.value.field == "code"


@given(st.text(max_size=400))
def test_anything_typed_is_either_a_code_or_refused_by_name(typed):
    with contextlib.suppress(code_letters.CodeRefused):
        parsed = code_letters.parse(typed)
        assert len(parsed.locator + parsed.secret) == 15


def test_the_secret_is_verified_by_its_hash(cheap):
    stored = code_letters.hash_secret("ABCDEFGHJK", cheap)

    assert stored.startswith("$argon2id$")
    assert code_letters.verify_secret(stored, "ABCDEFGHJK")
    assert not code_letters.verify_secret(stored, "ABCDEFGHJM")


def test_a_hash_does_not_show_that_two_secrets_are_the_same(cheap):
    assert code_letters.hash_secret("SAME", cheap) != code_letters.hash_secret("SAME", cheap)


def test_neither_a_code_nor_what_was_parsed_shows_the_secret():
    code = known_code()
    shown = repr(code) + str(code) + repr(code_letters.parse(code.text))

    assert code.secret not in shown
    assert code.text not in shown
