"""Envelopes that were altered, moved, mixed, locked by others, or hold something that is no ballot."""

import json
from dataclasses import dataclass, replace
from functools import cache, partial

from budgeting.ballotbox import ballot_coding, envelope, officer_keys, padding, sealing
from budgeting.ballotbox.ballot_coding import Choices
from budgeting.rulebook.ballots import Paper
from budgeting.rulebook.rules import BallotRule
from budgeting.services import opening_box
from budgeting.vocabulary import BallotType
from tests import make

PROJECTS = tuple(str(number) for number in range(1, 13))
RULE = BallotRule(ballot_type=BallotType.APPROVAL, min_choices=1, max_choices=5)
PAPER = Paper(dict.fromkeys(PROJECTS, 100_000), 1_000_000)
SIZE = padding.size_for(BallotType.APPROVAL, PROJECTS, most_choices=5)
THIS_POT, OTHER_POT = b"a" * 64 + b"|Nordby", b"a" * 64 + b"|Sydby"
OTHER_ROUND = b"b" * 64 + b"|Nordby"
READY = 40


@dataclass(frozen=True)
class Officers:
    """Three officers: their public keys, and the unlocked keys of two of them."""

    public: tuple
    lent: dict


@cache
def officers(which):
    pairs = [officer_keys.make_key(make.PASSPHRASE, make.QUICK) for _ in range(3)]
    lent = {
        place: officer_keys.unlock(pairs[place].locked_private_key, make.PASSPHRASE)
        for place in (0, 2)
    }
    return Officers(tuple(pair.public_key for pair in pairs), lent)


def sealed(drawn, context=THIS_POT, content=None, by="ours", needed=2, size=SIZE):
    chosen = drawn.sample(PROJECTS, drawn.randint(1, 5))
    ballot = ballot_coding.encode(Choices(BallotType.APPROVAL, tuple(chosen)))
    public = officers(by).public
    return sealing.seal(ballot if content is None else content, public, needed, context, size)


def cases(drawn, count):
    """So many envelopes, each with its kind and a deed that tries to open it."""
    sound = [sealed(drawn) for _ in range(READY)]
    opened = [open_it(one) for one in sound]
    assert all(opened), "a sound envelope opens"
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        made = kind(drawn, drawn.choice(sound), drawn.choice(sound))
        yield kind.__name__, partial(open_it, made)


def open_it(made):
    return opening_box.open_one(made, officers("ours").lent, THIS_POT, RULE, PAPER)


def a_bit_is_flipped(drawn, one, other):
    altered = bytearray(one)
    altered[drawn.randrange(len(one))] ^= 1 << drawn.randrange(8)
    return bytes(altered)


def several_bytes_are_altered(drawn, one, other):
    altered = bytearray(one)
    for place in drawn.sample(range(len(one)), drawn.randint(2, 40)):
        altered[place] ^= drawn.randint(1, 255)
    return bytes(altered)


def the_end_is_cut_off(drawn, one, other):
    return one[: drawn.randrange(len(one))]


def the_beginning_is_cut_off(drawn, one, other):
    return one[drawn.randint(1, len(one)) :]


def a_piece_is_cut_out(drawn, one, other):
    start = drawn.randrange(len(one) - 1)
    return one[:start] + one[start + drawn.randint(1, 60) :]


def something_is_added(drawn, one, other):
    place = drawn.randint(0, len(one))
    return one[:place] + drawn.randbytes(drawn.randint(1, 60)) + one[place:]


def two_pieces_change_places(drawn, one, other):
    width = drawn.randint(8, 60)
    first = drawn.randrange(0, len(one) // 2 - width)
    second = drawn.randrange(len(one) // 2, len(one) - width)
    altered = bytearray(one)
    altered[first : first + width] = one[second : second + width]
    altered[second : second + width] = one[first : first + width]
    return bytes(altered)


def it_is_noise(drawn, one, other):
    return drawn.randbytes(drawn.randint(0, 2 * len(one)))


def noise_begins_like_an_envelope(drawn, one, other):
    return one[: drawn.randint(1, 27)] + drawn.randbytes(len(one))


def it_is_another_pots(drawn, one, other):
    return sealed(drawn, OTHER_POT)


def it_is_another_rounds(drawn, one, other):
    return sealed(drawn, OTHER_ROUND)


def it_is_an_old_rounds_with_its_own_officers(drawn, one, other):
    return sealed(drawn, OTHER_ROUND, by="theirs")


def it_is_sealed_again_to_other_officers(drawn, one, other):
    return sealed(drawn, by="theirs")


def one_officer_alone_could_open_it(drawn, one, other):
    """As the sealer would like: the header says that one key is enough."""
    return bytes((one[0], 1)) + one[2:]


def its_content_is_from_another(drawn, one, other):
    return envelope.write(mixed(one, different(drawn, one, other), "ciphertext"))


def its_slots_are_from_another(drawn, one, other):
    return envelope.write(mixed(one, different(drawn, one, other), "slots"))


def its_commitment_is_from_another(drawn, one, other):
    return envelope.write(mixed(one, different(drawn, one, other), "commitment"))


def its_nonce_is_from_another(drawn, one, other):
    return envelope.write(mixed(one, different(drawn, one, other), "nonce"))


def its_slots_change_places(drawn, one, other):
    parts = envelope.read(one)
    first, *rest = parts.slots
    return envelope.write(replace(parts, slots=(*rest, first)))


def its_officers_change_places(drawn, one, other):
    parts = envelope.read(one)
    first, *rest = parts.header.key_ids
    return envelope.write(replace(parts, header=replace(parts.header, key_ids=(*rest, first))))


def different(drawn, one, other):
    return other if other != one else sealed(drawn)


def mixed(one, other, part):
    return replace(envelope.read(one), **{part: getattr(envelope.read(other), part)})


def it_names_a_project_that_is_not_there(drawn, one, other):
    return holding(drawn, choices=["1", str(drawn.randint(13, 10_000))])


def it_names_too_many(drawn, one, other):
    return holding(drawn, choices=sorted(drawn.sample(PROJECTS, drawn.randint(6, 12))))


def it_names_one_twice(drawn, one, other):
    return holding(drawn, choices=["1", "1"])


def it_names_nobody(drawn, one, other):
    return holding(drawn, choices=[])


def it_is_another_kind_of_ballot(drawn, one, other):
    kind = drawn.choice(["ordinal", "knapsack", "cumulative", "scoring", "", "APPROVAL"])
    return holding(drawn, type=kind)


def it_says_more_than_a_ballot_does(drawn, one, other):
    return holding(drawn, **{drawn.choice(["weight", "points", "voter"]): [drawn.randint(2, 9)]})


def its_choices_are_of_an_odd_kind(drawn, one, other):
    odd = drawn.choice(["1", 1, None, {"1": 1}, [1], [None], [["1"]], [True], ["x" * 65], [""]])
    return holding(drawn, choices=odd)


def it_is_spelled_in_another_way(drawn, one, other):
    text = drawn.choice(
        [
            b'{"choices": ["1"], "type": "approval"}',
            b'{"type":"approval","choices":["1"]}',
            b'{"choices":["2","1"],"type":"approval"}',
            b'{"choices":["\\u0031"],"type":"approval"}',
            b'{"choices":["1"],"choices":["2"],"type":"approval"}',
            b'{"choices":["1"],"type":"approval"}\n',
        ]
    )
    return sealed(drawn, content=text)


def it_is_no_json(drawn, one, other):
    return sealed(drawn, content=drawn.randbytes(drawn.randint(0, SIZE - 4)))


def it_is_padded_in_another_way(drawn, one, other):
    """Sealed as the house seals, but what is sealed was not padded by it."""
    ballot = b'{"choices":["1"],"type":"approval"}'
    wrong = len(ballot).to_bytes(4, "big") + ballot + b"\0" * 8 + bytes([drawn.randint(1, 255)])
    longer = (len(ballot) + drawn.randint(1, 10_000)).to_bytes(4, "big") + ballot
    return sealed_as_it_is(drawn.choice([wrong, longer, ballot[:3], b""]))


def holding(drawn, **changes):
    said = {"choices": ["1", "2"], "type": "approval"} | changes
    text = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    return sealed(drawn, content=text, size=max(SIZE, len(text) + 4))


def sealed_as_it_is(content):
    pad, padding.pad = padding.pad, lambda ballot, size: ballot
    try:
        return sealing.seal(content, officers("ours").public, 2, THIS_POT, len(content))
    finally:
        padding.pad = pad


KINDS = [
    a_bit_is_flipped,
    several_bytes_are_altered,
    the_end_is_cut_off,
    the_beginning_is_cut_off,
    a_piece_is_cut_out,
    something_is_added,
    two_pieces_change_places,
    it_is_noise,
    noise_begins_like_an_envelope,
    it_is_another_pots,
    it_is_another_rounds,
    it_is_an_old_rounds_with_its_own_officers,
    it_is_sealed_again_to_other_officers,
    one_officer_alone_could_open_it,
    its_content_is_from_another,
    its_slots_are_from_another,
    its_commitment_is_from_another,
    its_nonce_is_from_another,
    its_slots_change_places,
    its_officers_change_places,
    it_names_a_project_that_is_not_there,
    it_names_too_many,
    it_names_one_twice,
    it_names_nobody,
    it_is_another_kind_of_ballot,
    it_says_more_than_a_ballot_does,
    its_choices_are_of_an_odd_kind,
    it_is_spelled_in_another_way,
    it_is_no_json,
    it_is_padded_in_another_way,
]
