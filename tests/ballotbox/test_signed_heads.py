"""Signed tree heads: the platform's word, that nobody else can give and no one can alter."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from budgeting import canonical
from budgeting.ballotbox import board, signed_heads

KEY = bytes(range(32))
HEAD = signed_heads.TreeHead(
    budget_round="f" * 64,
    pot="3",
    size=0,
    root=board.EMPTY_ROOT,
    time=datetime(2026, 12, 13, 22, 59, 0, tzinfo=UTC),
)


def test_a_head_is_spelled_in_one_way():
    assert HEAD.to_bytes() == (
        b'{"kind":"borgerbudget tree head 1","pot":"3",'
        b'"root":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",'
        b'"round":"' + b"f" * 64 + b'","size":0,"time":"2026-12-13T22:59:00Z"}'
    )


def test_the_time_is_written_in_utc_whatever_zone_it_came_in():
    danish = HEAD.time.astimezone(timezone(timedelta(hours=1)))

    assert signed_heads.TreeHead("f" * 64, "3", 0, board.EMPTY_ROOT, danish).to_bytes() == (
        HEAD.to_bytes()
    )


def test_a_time_without_a_zone_is_refused():
    naive = signed_heads.TreeHead("f", "3", 0, board.EMPTY_ROOT, HEAD.time.replace(tzinfo=None))

    with pytest.raises(ValueError, match="time zone"):
        naive.to_bytes()


def test_a_signed_head_is_verified_and_read_back():
    signature = signed_heads.sign(HEAD, KEY)
    verifying_key = signed_heads.verifying_key_of(KEY)

    assert signed_heads.verify(HEAD.to_bytes(), signature, verifying_key) == HEAD


def test_the_key_pair_is_the_one_published_in_rfc_8032():
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")

    assert signed_heads.verifying_key_of(secret).hex() == (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    )


def test_every_altered_bit_of_head_or_signature_is_found():
    signature, verifying_key = signed_heads.sign(HEAD, KEY), signed_heads.verifying_key_of(KEY)
    signed = HEAD.to_bytes() + signature
    for place in range(len(signed) * 8):
        altered = bytearray(signed)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises(signed_heads.HeadForged):
            signed_heads.verify(bytes(altered[:-64]), bytes(altered[-64:]), verifying_key)


def test_another_key_does_not_verify():
    signature = signed_heads.sign(HEAD, signed_heads.make_signing_key())

    with pytest.raises(signed_heads.HeadForged):
        signed_heads.verify(HEAD.to_bytes(), signature, signed_heads.verifying_key_of(KEY))


@pytest.mark.parametrize(
    "signed",
    [
        b"hej",
        b"1",
        canonical.encode({"kind": "something else"}),
        HEAD.to_bytes().replace(b"tree head 1", b"tree head 2"),
        HEAD.to_bytes().replace(b'"size":0', b'"size":"x"'),
        HEAD.to_bytes().replace(b"e3b0", b"E3B0"),
        HEAD.to_bytes().replace(b"Z", b""),
    ],
)
def test_a_true_signature_under_something_that_is_no_head_is_refused(signed):
    signature = Ed25519PrivateKey.from_private_bytes(KEY).sign(signed)

    with pytest.raises(signed_heads.HeadForged):
        signed_heads.verify(signed, signature, signed_heads.verifying_key_of(KEY))


@pytest.mark.parametrize(("signature", "key"), [(b"", b"x" * 32), (b"x" * 64, b""), (b"", b"")])
def test_a_signature_or_key_of_the_wrong_length_is_refused(signature, key):
    with pytest.raises(signed_heads.HeadForged):
        signed_heads.verify(HEAD.to_bytes(), signature, key)
