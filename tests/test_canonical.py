"""Canonical JSON: one spelling for each value, and no other is accepted."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting import canonical

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-canonical.LARGEST_NUMBER, canonical.LARGEST_NUMBER)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def test_keys_are_sorted_and_nothing_is_spaced():
    assert (
        canonical.encode({"ø": 1, "a": [True, None, "æ"]}) == '{"a":[true,null,"æ"],"ø":1}'.encode()
    )


def test_keys_sort_by_utf16_as_in_the_example_of_rfc_8785():
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    in_order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]

    assert list(json.loads(canonical.encode(dict.fromkeys(keys, 0)))) == in_order


def test_control_signs_are_escaped_as_rfc_8785_does():
    assert (
        canonical.encode('\u20ac$\u000f\nA\'B"\\\\"/')
        == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()
    )


@given(VALUES)
def test_what_is_encoded_decodes_to_itself(value):
    assert canonical.decode(canonical.encode(value)) == value


@given(st.dictionaries(st.text(), st.integers(0, 9)))
def test_the_order_in_which_a_mapping_was_filled_does_not_show(mapping):
    backwards = dict(reversed(mapping.items()))

    assert canonical.encode(backwards) == canonical.encode(mapping)


@pytest.mark.parametrize("value", [1.5, 1.0, b"x", {1: 2}, {"a"}, 2**53, "\ud800", object()])
def test_a_value_without_a_canonical_spelling_is_refused(value):
    with pytest.raises(canonical.NotCanonical):
        canonical.encode(value)


@pytest.mark.parametrize(
    "spelling",
    [
        b"",
        b"{",
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"1e3",
        b"-0",
        b"NaN",
        b"Infinity",
        b'"\\u00f8"',
        b"\xff",
        b" 1",
        b"9007199254740992",
        b"[" * 100_000,
        b"1" * 10_000,
    ],
)
def test_any_other_spelling_is_refused(spelling):
    with pytest.raises(canonical.NotCanonical):
        canonical.decode(spelling)


def test_an_error_never_shows_the_value():
    with pytest.raises(canonical.NotCanonical) as caught:
        canonical.decode(b'{"choices": ["hemmeligt"]}')

    assert "hemmeligt" not in str(caught.value)
    assert caught.value.__context__ is None or "hemmeligt" not in str(caught.value.__context__)


def test_the_fingerprint_is_sha_256_in_hex():
    assert canonical.fingerprint(b"abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
