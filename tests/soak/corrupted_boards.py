"""Boards that lost, gained, changed or moved an entry, and heads that are forged or replayed."""

import json
from dataclasses import dataclass
from functools import partial

from budgeting import canonical
from budgeting.ballotbox import board
from budgeting.ballotbox import bundle_layout as layout
from budgeting.verify import board_checks
from budgeting.verify.board_checks import Place
from budgeting.verify.reading import Files
from tests.verify import bundles

RULEBOOK = canonical.encode({"pots": [{"name": "Nordby"}]})
PLACE = Place(1, "Nordby", canonical.fingerprint(RULEBOOK), bundles.PUBLIC)
MOST_ENTRIES = 60
OTHER_KEY = b"\x02" * 32


@dataclass
class Board:
    """A board as it is published: its entries, its root, its heads, and what a citizen kept."""

    entries: list
    root: str
    heads: list
    kept: list

    def check(self):
        spelled = {"pot": "Nordby", "root": self.root, "entries": self.entries}
        files = {
            layout.RULEBOOK: RULEBOOK,
            layout.of_pot(1, layout.BOARD): canonical.encode(spelled),
            layout.of_pot(1, layout.HEADS): canonical.encode(
                {"pot": "Nordby", "heads": self.heads}
            ),
        }
        return board_checks.check(Files(files), PLACE, self.kept)

    def fit_root(self):
        """Make the root fit the entries, as a platform would that rewrites its board."""
        leaves = (board.leaf_hash(bytes.fromhex(one)) for one in self.entries)
        self.root = board.Tree(leaves).root().hex()


def cases(drawn, count):
    """So many boards, each with its kind and a deed that checks it."""
    sound(drawn).check()
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        made = sound(drawn)
        kind(drawn, made)
        yield kind.__name__, partial(made.check)


def sound(drawn):
    """A board that holds, with a head now and then; a citizen has kept one in the middle."""
    entries = [drawn.randbytes(32).hex() for _ in range(drawn.randint(12, MOST_ENTRIES))]
    sizes = sorted({*drawn.sample(range(2, len(entries)), 3), len(entries)})
    heads = [head(entries[:size], minute) for minute, size in enumerate(sizes)]
    kept = [json.loads(json.dumps(heads[1]))]
    made = Board(entries, "", bundles.proved(heads, entries), kept)
    made.fit_root()
    return made


def head(entries, minute=0, **changed):
    return bundles.head({layout.RULEBOOK: RULEBOOK}, entries, minute=minute, **changed)


def an_entry_is_removed(drawn, made):
    del made.entries[drawn.randrange(len(made.entries))]


def an_entry_is_removed_and_the_root_made_to_fit(drawn, made):
    an_entry_is_removed(drawn, made)
    made.fit_root()


def an_entry_is_added(drawn, made):
    made.entries.insert(drawn.randint(0, len(made.entries)), drawn.randbytes(32).hex())
    made.fit_root()


def an_entry_stands_twice(drawn, made):
    place = drawn.randrange(len(made.entries))
    made.entries.insert(drawn.randint(0, len(made.entries)), made.entries[place])
    made.fit_root()


def an_entry_takes_anothers_place(drawn, made):
    first, second = drawn.sample(range(len(made.entries)), 2)
    made.entries[first] = made.entries[second]
    made.fit_root()


def an_entry_is_replaced(drawn, made):
    made.entries[drawn.randrange(len(made.entries))] = drawn.randbytes(32).hex()
    made.fit_root()


def a_bit_of_an_entry_is_flipped(drawn, made):
    place = drawn.randrange(len(made.entries))
    made.entries[place] = flipped(drawn, made.entries[place])


def two_entries_change_places(drawn, made):
    first, second = drawn.sample(range(len(made.entries)), 2)
    made.entries[first], made.entries[second] = made.entries[second], made.entries[first]
    made.fit_root()


def an_entry_is_odd(drawn, made):
    odd = [None, 7, "", "ab", "zz" * 32, "AB" * 32, ["ab" * 32], {"a": 1}, "ab" * 33]
    made.entries[drawn.randrange(len(made.entries))] = drawn.choice(odd)


def the_root_is_another(drawn, made):
    made.root = flipped(drawn, made.root)


def a_bit_of_a_signature_is_flipped(drawn, made):
    one = drawn.choice(made.heads)
    one["signature"] = flipped(drawn, one["signature"])


def a_head_says_something_else(drawn, made):
    said = drawn.choice(made.heads)["head"]
    name = drawn.choice(["root", "size", "time", "pot", "round", "kind"])
    said[name] = said[name] + 1 if isinstance(said[name], int) else f"{said[name]} "


def a_head_lacks_a_word(drawn, made):
    said = drawn.choice(made.heads)["head"]
    del said[drawn.choice(sorted(said))]


def a_head_is_signed_by_another(drawn, made):
    place = drawn.randrange(len(made.heads))
    size = made.heads[place]["head"]["size"]
    made.heads[place] = head(made.entries[:size], place, key=OTHER_KEY)


def a_head_is_another_pots(drawn, made):
    made.heads[-1] = head(made.entries, 9, pot="Sydby")


def a_head_is_another_rounds(drawn, made):
    other = {layout.RULEBOOK: canonical.encode({"pots": [{"name": "Nordby"}], "round": 2})}
    made.heads[-1] = bundles.head(other, made.entries, minute=9)


def an_old_head_is_replayed_last(drawn, made):
    made.heads.append(json.loads(json.dumps(drawn.choice(made.heads[:-1]))))


def a_head_is_left_out(drawn, made):
    """Any but the first: the next one's proof then leads from a head that is not there."""
    del made.heads[drawn.randrange(1, len(made.heads))]


def two_heads_change_places(drawn, made):
    first, second = drawn.sample(range(len(made.heads)), 2)
    made.heads[first], made.heads[second] = made.heads[second], made.heads[first]


def there_are_no_heads(drawn, made):
    made.heads = []


def a_proof_of_growth_is_altered(drawn, made):
    one = drawn.choice(made.heads[1:])["consistency"]
    if one and drawn.random() < 0.7:
        place = drawn.randrange(len(one))
        one[place] = flipped(drawn, one[place])
    else:
        one.append(drawn.randbytes(32).hex())


def the_board_is_written_anew_and_signed(drawn, made):
    """By whoever holds the key, with every head and proof made to fit: a kept head tells."""
    made.entries[drawn.randrange(2)] = drawn.randbytes(32).hex()
    sizes = [one["head"]["size"] for one in made.heads]
    heads = [head(made.entries[:size], minute) for minute, size in enumerate(sizes)]
    made.heads = bundles.proved(heads, made.entries)
    made.fit_root()


def the_board_is_cut_short_and_signed(drawn, made):
    """All that came after the second head is forgotten, and the citizen's head was later."""
    made.kept = [json.loads(json.dumps(made.heads[-1]))]
    made.heads = made.heads[:2]
    made.entries = made.entries[: made.heads[-1]["head"]["size"]]
    made.fit_root()


def flipped(drawn, text):
    altered = bytearray.fromhex(text)
    altered[drawn.randrange(len(altered))] ^= 1 << drawn.randrange(8)
    return altered.hex()


KINDS = [
    an_entry_is_removed,
    an_entry_is_removed_and_the_root_made_to_fit,
    an_entry_is_added,
    an_entry_stands_twice,
    an_entry_takes_anothers_place,
    an_entry_is_replaced,
    a_bit_of_an_entry_is_flipped,
    two_entries_change_places,
    an_entry_is_odd,
    the_root_is_another,
    a_bit_of_a_signature_is_flipped,
    a_head_says_something_else,
    a_head_lacks_a_word,
    a_head_is_signed_by_another,
    a_head_is_another_pots,
    a_head_is_another_rounds,
    an_old_head_is_replayed_last,
    a_head_is_left_out,
    two_heads_change_places,
    there_are_no_heads,
    a_proof_of_growth_is_altered,
    the_board_is_written_anew_and_signed,
    the_board_is_cut_short_and_signed,
]
