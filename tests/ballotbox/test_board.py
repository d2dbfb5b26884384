"""The board against published vectors, against RFC 9162's own words, and against forgery.

The leaves, roots and proofs below are those of the Certificate Transparency project's tests
(google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc; the same in
transparency-dev/merkle, testonly/constants.go).
"""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.ballotbox import board, board_proofs, compact_range

LEAVES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
LEAVES_2_3 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LEAVES_4_5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAVES_6_7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
LEAVES_4_7 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
INCLUSION_PROOFS = [
    (0, 1, []),
    (0, 8, [LEAF_1, LEAVES_2_3, LEAVES_4_7]),
    (5, 8, [LEAF_4, LEAVES_6_7, ROOTS[4]]),
    (2, 3, [ROOTS[2]]),
    (1, 5, [ROOTS[1], LEAVES_2_3, LEAF_4]),
]
CONSISTENCY_PROOFS = [
    (1, 1, []),
    (1, 8, [LEAF_1, LEAVES_2_3, LEAVES_4_7]),
    (6, 8, [LEAVES_4_5, LEAVES_6_7, ROOTS[4]]),
    (2, 5, [LEAVES_2_3, LEAF_4]),
]
SIZES = st.integers(0, 70)


def tree_of(size):
    return board.Tree(board.leaf_hash(bytes([number])) for number in range(size))


def slow_root(entries):
    """The definition of RFC 9162, section 2.1.1, word for word."""
    if not entries:
        return board.EMPTY_ROOT
    if len(entries) == 1:
        return board.leaf_hash(entries[0])
    split = max(2**power for power in range(12) if 2**power < len(entries))
    return board.node_hash(slow_root(entries[:split]), slow_root(entries[split:]))


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size):
    leaves = [board.leaf_hash(entry) for entry in LEAVES[:size]]

    assert board.Tree(leaves).root().hex() == ROOTS[size]
    assert compact_range.CompactRange().extend(leaves).root().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION_PROOFS)
def test_inclusion_proofs_are_the_published_ones(index, size, proof):
    tree = board.Tree(map(board.leaf_hash, LEAVES))
    found = tree.inclusion_proof(index, size)

    assert [step.hex() for step in found] == proof
    root = bytes.fromhex(ROOTS[size])
    board_proofs.check_inclusion(board.leaf_hash(LEAVES[index]), index, size, found, root)


@pytest.mark.parametrize(("old_size", "size", "proof"), CONSISTENCY_PROOFS)
def test_consistency_proofs_are_the_published_ones(old_size, size, proof):
    tree = board.Tree(map(board.leaf_hash, LEAVES))
    found = tree.consistency_proof(old_size, size)

    assert [step.hex() for step in found] == proof
    old_root, root = bytes.fromhex(ROOTS[old_size]), bytes.fromhex(ROOTS[size])
    board_proofs.check_consistency(old_size, old_root, size, root, found)


@given(SIZES)
def test_the_fast_roots_equal_the_slow_obvious_one(size):
    entries = [bytes([number]) for number in range(size)]
    leaves = [board.leaf_hash(entry) for entry in entries]

    assert board.Tree(leaves).root() == slow_root(entries)
    assert compact_range.CompactRange().extend(leaves).root() == slow_root(entries)


@given(st.data(), st.integers(1, 70))
def test_every_leaf_is_proved_on_every_board_it_stands_on(data, size):
    index = data.draw(st.integers(0, size - 1))
    tree = tree_of(70)
    leaf = board.leaf_hash(bytes([index]))

    board_proofs.check_inclusion(
        leaf, index, size, tree.inclusion_proof(index, size), tree.root(size)
    )


@given(SIZES, SIZES)
def test_every_earlier_board_is_proved_the_beginning_of_a_later_one(one, other):
    old_size, size = sorted((one, other))
    tree = tree_of(70)

    proof = tree.consistency_proof(old_size, size)
    board_proofs.check_consistency(old_size, tree.root(old_size), size, tree.root(size), proof)


@given(st.integers(1, 40), st.integers(0, 39), st.data())
def test_a_rewritten_board_is_never_proved_consistent(old_size, altered, data):
    size = data.draw(st.integers(old_size, 40))
    altered = altered % old_size
    honest = tree_of(old_size)
    rewritten = board.Tree(
        board.leaf_hash(b"other" if number == altered else bytes([number]))
        for number in range(size)
    )

    with pytest.raises(board_proofs.BoardRewritten):
        board_proofs.check_consistency(
            old_size,
            honest.root(),
            size,
            rewritten.root(),
            rewritten.consistency_proof(old_size, size),
        )


@given(SIZES, SIZES)
def test_the_edge_grows_leaf_by_leaf_and_survives_storage(first, more):
    leaves = [board.leaf_hash(bytes([number % 256])) for number in range(first + more)]
    edge = compact_range.CompactRange().extend(leaves[:first])
    for leaf in leaves[first:]:
        edge = compact_range.from_bytes(edge.to_bytes()).append(leaf)

    assert edge == compact_range.CompactRange().extend(leaves)
    assert edge.root() == board.Tree(leaves).root()


@pytest.mark.parametrize("stored", [b"\0" * 7, b"\0" * 9, b"\0" * 7 + b"\x03" + b"x" * 32])
def test_an_edge_that_was_damaged_in_storage_is_refused(stored):
    with pytest.raises(compact_range.BoardEdgeDamaged):
        compact_range.from_bytes(stored)


def spoil(chance, leaf, index, size, proof):
    """Alter one thing about an inclusion proof."""
    match chance.randrange(6):
        case 0:
            leaf = flip(chance, leaf)
        case 1:
            place = chance.randrange(len(proof))
            proof = [*proof[:place], flip(chance, proof[place]), *proof[place + 1 :]]
        case 2:
            proof = proof[:-1]
        case 3:
            proof = [*proof, chance.randbytes(32)]
        case 4:
            index = (index + chance.randrange(1, size)) % size
        case 5:
            index += size
    return leaf, index, size, proof


def flip(chance, hashed):
    place = chance.randrange(len(hashed))
    return hashed[:place] + bytes([hashed[place] ^ 1 << chance.randrange(8)]) + hashed[place + 1 :]


def test_ten_thousand_corrupted_board_proofs_are_refused_by_name():
    chance, tree = random.Random(2026), tree_of(70)
    refused = 0
    for _ in range(10_000):
        size = chance.randrange(2, 71)
        index = chance.randrange(size)
        proof = tree.inclusion_proof(index, size)
        spoiled = spoil(chance, board.leaf_hash(bytes([index])), index, size, proof)
        try:
            board_proofs.check_inclusion(*spoiled, tree.root(size))
        except board_proofs.NotOnBoard:
            refused += 1

    assert refused == 10_000


@pytest.mark.parametrize(
    ("old_size", "size", "proof"),
    [(0, 8, [b"x" * 32]), (8, 8, [b"x" * 32]), (8, 6, []), (-1, 8, []), (3, 8, []), (4, 8, [])],
)
def test_a_consistency_proof_of_the_wrong_form_is_refused(old_size, size, proof):
    tree = tree_of(8)
    old_root = tree.root(max(old_size, 0))

    with pytest.raises(board_proofs.BoardRewritten):
        board_proofs.check_consistency(old_size, old_root, size, tree.root(size), proof)


def test_a_consistency_proof_that_is_cut_lengthened_or_altered_is_refused():
    chance, tree = random.Random(7), tree_of(70)
    for _ in range(1_000):
        old_size = chance.randrange(1, 70)
        size = chance.randrange(old_size + 1, 71)
        proof = tree.consistency_proof(old_size, size)
        place = chance.randrange(len(proof))
        altered = [*proof[:place], flip(chance, proof[place]), *proof[place + 1 :]]
        for wrong in (proof[:-1], [*proof, proof[0]], altered):
            with pytest.raises(board_proofs.BoardRewritten):
                board_proofs.check_consistency(
                    old_size, tree.root(old_size), size, tree.root(size), wrong
                )


@pytest.mark.parametrize(("index", "size"), [(8, 8), (-1, 8), (0, 0), (0, 9)])
def test_a_proof_for_a_leaf_that_is_not_there_is_not_made(index, size):
    with pytest.raises(IndexError):
        tree_of(8).inclusion_proof(index, size)


def test_a_hundred_thousand_entries_take_seconds_not_minutes():
    leaves = [board.leaf_hash(number.to_bytes(4, "big")) for number in range(100_000)]
    began = time.process_time()

    edge = compact_range.CompactRange().extend(leaves)
    tree = board.Tree(leaves)
    proofs = [tree.inclusion_proof(index) for index in range(0, 100_000, 1_000)]

    assert time.process_time() - began < 3
    assert edge.root() == tree.root()
    assert len(edge.peaks) <= 17
    assert max(len(proof) for proof in proofs) == 17
