"""Officers' keys: only the passphrase unlocks them, and nothing shows what is inside."""

import copy
import pickle
import random

import pytest

from budgeting.ballotbox import hybrid, key_files, officer_keys, passphrases

PASSPHRASE = "gåbus lektiecafé varmestue park"


@pytest.fixture(scope="module")
def pair(cheap):
    return officer_keys.make_key(PASSPHRASE, cheap)


def test_the_passphrase_unlocks_the_key_that_was_locked(pair):
    sealed = hybrid.seal_to(pair.public_key, b"text", b"info")

    assert (
        officer_keys.unlock(pair.locked_private_key, PASSPHRASE).opens(sealed, b"info") == b"text"
    )


@pytest.mark.parametrize("wrong", ["", PASSPHRASE.upper(), PASSPHRASE + "x", "et helt andet ord"])
def test_another_passphrase_is_refused_in_plain_words(pair, wrong):
    with pytest.raises(officer_keys.WrongPassphrase, match="Adgangssætningen passer ikke"):
        officer_keys.unlock(pair.locked_private_key, wrong)


def test_spaces_and_unicode_forms_do_not_matter(pair):
    typed = "  ga\u030abus  lektiecafe\u0301\tvarmestue park\n"

    assert officer_keys.unlock(pair.locked_private_key, typed).public_key == pair.public_key


@pytest.mark.parametrize(
    ("weak", "refusal", "words"),
    [
        ("", passphrases.PassphraseTooShort, "Skriv mindst 16 tegn"),
        ("hemmelig 1234", passphrases.PassphraseTooShort, "fire ord"),
        ("a" * 40, passphrases.PassphraseTooPlain, "de samme få tegn"),
        ("Ab1 " * 10, passphrases.PassphraseTooPlain, "de samme få tegn"),
        ("fire lange ord " * 100, passphrases.PassphraseTooLong, "højst 1000"),
    ],
)
def test_a_weak_passphrase_is_refused_and_says_what_to_write(weak, refusal, words, cheap):
    with pytest.raises(refusal) as caught:
        officer_keys.make_key(weak, cheap)

    assert words in str(caught.value)
    assert caught.value.field == "passphrase"


def test_two_keys_with_one_passphrase_have_nothing_in_common(cheap, pair):
    other = officer_keys.make_key(PASSPHRASE, cheap)

    assert other.public_key != pair.public_key
    assert other.locked_private_key[13:] != pair.locked_private_key[13:]


def test_every_altered_or_missing_byte_of_a_locked_key_is_found(pair):
    locked, chance = pair.locked_private_key, random.Random(1)
    for place in range(len(locked)):
        altered = bytearray(locked)
        altered[place] ^= chance.randrange(1, 256)
        for damaged in (bytes(altered), locked[:place]):
            with pytest.raises(officer_keys.KeyDamaged):
                officer_keys.unlock(damaged, PASSPHRASE)


def test_a_forged_cost_that_would_fill_the_machine_is_refused(pair):
    dear = pair.locked_private_key[:4] + b"\xff" * 8 + pair.locked_private_key[12:-24]
    forged = dear + officer_keys._check_sum(dear)

    with pytest.raises(officer_keys.KeyDamaged):
        officer_keys.unlock(forged, PASSPHRASE)


def test_a_swapped_public_key_is_found_even_with_a_mended_check_sum(pair):
    body = pair.locked_private_key[:-24]
    swapped = body[:41] + bytes(32) + body[73:]

    with pytest.raises(officer_keys.WrongPassphrase):
        officer_keys.unlock(swapped + officer_keys._check_sum(swapped), PASSPHRASE)


def test_the_public_half_is_read_without_the_passphrase(pair):
    assert officer_keys.read_locked(pair.locked_private_key) == pair


def test_a_key_file_reads_back_whatever_line_ends_it_was_given(pair):
    text = key_files.to_text(pair).replace("\n", "\r\n") + "\n\n"

    assert key_files.from_text(text) == pair


@pytest.mark.parametrize("text", ["", "hej", "-----BORGERBUDGET KEY 1-----\n-----END OF KEY-----"])
def test_a_file_that_is_no_key_is_refused(text):
    with pytest.raises(officer_keys.KeyDamaged):
        key_files.from_text(text)


def test_a_key_file_with_an_altered_line_is_refused(pair):
    lines = key_files.to_text(pair).splitlines()
    lines[3] = lines[3][::-1]

    with pytest.raises(officer_keys.KeyDamaged):
        key_files.from_text("\n".join(lines))


def test_the_fingerprint_is_short_enough_to_read_aloud(pair):
    fingerprint = officer_keys.fingerprint(pair.public_key)

    assert [len(group) for group in fingerprint.split("-")] == [4, 4, 4, 4]
    assert fingerprint in key_files.to_text(pair)


def test_a_private_key_never_shows_itself(pair):
    private_key = officer_keys.unlock(pair.locked_private_key, PASSPHRASE)
    raw = private_key._key.private_bytes_raw()

    for shown in (repr(private_key), str(private_key), f"{private_key}", repr(pair)):
        assert raw.hex() not in shown
        assert repr(raw)[2:-1] not in shown


@pytest.mark.parametrize("copying", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_private_key_is_neither_pickled_nor_copied(pair, copying):
    with pytest.raises(TypeError, match="neither copied nor stored"):
        copying(officer_keys.unlock(pair.locked_private_key, PASSPHRASE))


def test_a_refusal_never_repeats_the_passphrase(pair, cheap):
    with pytest.raises(passphrases.PassphraseRefused) as short:
        officer_keys.make_key("kort hemmelig", cheap)
    with pytest.raises(officer_keys.WrongPassphrase) as wrong:
        officer_keys.unlock(pair.locked_private_key, "en forkert sætning")

    assert "hemmelig" not in repr(short.value) + str(short.value)
    assert "forkert" not in repr(wrong.value) + str(wrong.value)
