"""A key that was changed in the open is told as a warning; one that was changed otherwise is refused."""

import json
from datetime import UTC, datetime

import pytest

from budgeting.ballotbox import bundle_layout as layout
from budgeting.ballotbox import key_changes, signed_heads
from budgeting.ballotbox.key_changes import KeyChange
from budgeting.verify import command
from budgeting.verify.checking import Kept
from tests.verify import bundles
from tests.verify.bundles import edited, head, proved

BOARD, HEADS = "pots/1/board.json", "pots/1/heads.json"
POT = "Assen Top Idee"
OLD, OTHER, NEW = b"\x0a" * 32, b"\x0b" * 32, bundles.KEY


def public(key):
    return signed_heads.verifying_key_of(key)


def entries_of(files):
    return json.loads(files[BOARD])["entries"]


def note(pinned, number, *, old=OLD, new=NEW, minute=2, signer=None, **instead):
    """A note that pins a head, as `heads.json` holds it."""
    said = pinned["head"]
    true = {
        "budget_round": said["round"],
        "pot": said["pot"],
        "number": number,
        "size": said["size"],
        "root": bytes.fromhex(said["root"]),
        "old_key": public(old),
        "new_key": public(new),
        "time": datetime(2026, 11, 1, 12, minute, tzinfo=UTC),
    }
    change = KeyChange(**true | instead)
    signature = key_changes.sign(change, signer or new)
    return {"change": json.loads(change.to_bytes()), "signature": signature.hex()}


def heads_of(files, *sizes_and_keys):
    """Heads over the first entries, one a minute, with true proofs."""
    entries = entries_of(files)
    heads = [
        head(files, entries[:size], minute=minute, key=key)
        for minute, (size, key) in enumerate(sizes_and_keys)
    ]
    return proved(heads, entries)


def changed(files, heads, *notes):
    said = {"heads": heads, "key_changes": list(notes)}
    return edited(files, HEADS, lambda spelled: spelled.update(said))


@pytest.fixture
def heads(files):
    """Two under the old key, and the rest under the new one."""
    return heads_of(files, (40, OLD), (60, OLD), (60, NEW), (84, NEW))


def test_a_change_that_pins_the_last_head_holds_and_is_told_as_a_warning(files, heads, tmp_path):
    bundle = bundles.packed(changed(files, heads, note(heads[1], 2)))
    (warned,) = [held for held in bundles.checked(bundle, tmp_path) if held.is_warning]

    assert warned.values == {
        "pot": POT,
        "when": "2026-11-01 12:02 UTC",
        "number": 2,
        "old": public(OLD).hex(),
        "new": public(NEW).hex(),
    }


def test_the_reader_of_the_command_cannot_miss_it(files, heads, tmp_path, capsys):
    file = tmp_path / "resultat.zip"
    file.write_bytes(bundles.packed(changed(files, heads, note(heads[1], 2))))

    assert command.main([str(file)]) == 0
    out = capsys.readouterr().out
    assert "OBS   Stemmeurnens liste: „Assen Top Idee“: kommunen har skiftet nøgle" in out
    assert "OBS: Nøglen er skiftet undervejs." in out.partition("Alt passer")[2]


def test_a_key_may_be_changed_twice(files, tmp_path):
    heads = heads_of(files, (40, OLD), (40, OTHER), (60, OTHER), (84, NEW))
    notes = (note(heads[0], 1, new=OTHER, minute=1), note(heads[2], 3, old=OTHER, minute=3))

    held = bundles.checked(bundles.packed(changed(files, heads, *notes)), tmp_path)
    assert [one.values["number"] for one in held if one.is_warning] == [1, 3]


def without_note(files, heads):
    return edited(files, HEADS, lambda said: said.update(heads=heads))


def pins_an_earlier_head(files, heads):
    return changed(files, heads, note(heads[0], 1, minute=1))


def pins_another_size(files, heads):
    return changed(files, heads, note(heads[1], 2, size=59))


def pins_another_root(files, heads):
    return changed(files, heads, note(heads[1], 2, root=b"\x01" * 32))


def pins_a_head_that_is_not_there(files, heads):
    return changed(files, heads_of(files, (40, OLD), (84, OLD)), note(heads[1], 2))


def pins_no_head(files, heads):
    return changed(files, heads_of(files, (84, NEW)), note(heads[1], 0))


def told_before_it_was_signed(files, heads):
    return changed(files, heads, note(heads[1], 2, minute=0))


def told_after_it_was_used(files, heads):
    return changed(files, heads, note(heads[1], 2, minute=5))


def two_notes_for_one_head(files, heads):
    return changed(
        files, heads, note(heads[1], 2, new=OTHER), note(heads[1], 2, old=OTHER, minute=3)
    )


def the_same_note_twice(files, heads):
    return changed(files, heads, note(heads[1], 2), note(heads[1], 2))


def cut_back_at_the_change(files, heads):
    return changed(
        files, heads_of(files, (40, OLD), (60, OLD)) + heads_of(files, (50, NEW), (84, NEW)),
        note(heads[1], 2, minute=1),
    )  # fmt: skip


def rewritten_at_the_change(files, heads):
    entries = entries_of(files)
    other = ["cd" * 32, *entries[1:]]
    fresh = [head(files, other[:size], minute=size % 50, key=NEW) for size in (60, 84)]
    wrong = changed(files, [*heads[:2], *proved(fresh, other)], note(heads[1], 2))

    def fitted(said):
        said.update(entries=other, root=fresh[-1]["head"]["root"])

    return edited(wrong, BOARD, fitted)


def under_an_unknown_key(files, heads):
    strange = heads_of(files, (40, OLD), (60, OTHER), (60, NEW), (84, NEW))
    return changed(files, strange, note(heads[1], 2))


def back_to_the_old_key(files, heads):
    again = heads_of(files, (40, OLD), (60, OLD), (60, OLD), (84, NEW))
    return changed(files, again, note(heads[1], 2))


def leads_to_another_key(files, heads):
    return changed(files, heads, note(heads[1], 2, new=OTHER))


def a_gap_between_two_notes(files, heads):
    strange = heads_of(files, (40, OLD), (40, OTHER), (60, OTHER), (84, NEW))
    notes = (note(strange[0], 1, new=OTHER, minute=1), note(strange[2], 3, old=b"\x0c" * 32))
    return changed(files, strange, *notes)


def round_in_a_ring(files, heads):
    strange = heads_of(files, (40, NEW), (60, OLD), (60, NEW), (84, NEW))
    notes = (note(strange[0], 1, old=NEW, new=OLD, minute=1), note(strange[1], 2))
    return changed(files, strange, *notes)


def signed_by_somebody_else(files, heads):
    return changed(files, heads, note(heads[1], 2, signer=OTHER))


def of_another_pot(files, heads):
    return changed(files, heads, note(heads[1], 2, pot="Sydby"))


def of_another_round(files, heads):
    return changed(files, heads, note(heads[1], 2, budget_round="f" * 64))


def a_note_that_is_none(files, heads):
    return changed(files, heads, {"change": {}, "signature": "00" * 64})


def a_note_with_more_in_it(files, heads):
    return changed(files, heads, note(heads[1], 2) | {"why": "tabt"})


REFUSED = {
    without_note: "HeadByAnotherKey",
    pins_an_earlier_head: "HeadByAnotherKey",
    under_an_unknown_key: "HeadByAnotherKey",
    back_to_the_old_key: "HeadByAnotherKey",
    pins_another_size: "KeyChangeUnpinned",
    pins_another_root: "KeyChangeUnpinned",
    pins_a_head_that_is_not_there: "KeyChangeUnpinned",
    pins_no_head: "KeyChangeUnpinned",
    told_before_it_was_signed: "KeyChangeUnpinned",
    told_after_it_was_used: "KeyChangeUnpinned",
    two_notes_for_one_head: "KeyChangeTwice",
    the_same_note_twice: "KeyChangeTwice",
    cut_back_at_the_change: "HeadsOutOfOrder",
    rewritten_at_the_change: "GrowthUnproved",
    leads_to_another_key: "KeyChangeBroken",
    a_gap_between_two_notes: "KeyChangeBroken",
    round_in_a_ring: "KeyChangeBroken",
    signed_by_somebody_else: "KeyChangeForged",
    a_note_that_is_none: "KeyChangeForged",
    of_another_pot: "KeyChangeOfAnotherBoard",
    of_another_round: "KeyChangeOfAnotherBoard",
    a_note_with_more_in_it: "FileUnreadable",
}


@pytest.mark.parametrize("tamper", REFUSED, ids=lambda tamper: tamper.__name__)
def test_any_other_change_of_key_is_refused(files, heads, refused, tamper):
    assert refused(bundles.packed(tamper(files, heads))) == REFUSED[tamper]


def test_heads_that_were_kept_under_the_old_key_hold(files, heads, tmp_path):
    bundle = bundles.packed(changed(files, heads, note(heads[1], 2)))
    kept = Kept(heads={POT: heads_of(files, (10, OLD), (60, OLD), (70, NEW))})

    assert bundles.checked(bundle, tmp_path, kept)[3].values["heads"] == 7


def test_a_kept_head_shows_that_the_board_was_cut_back_before_the_change(files, heads, refused):
    bundle = bundles.packed(changed(files, heads, note(heads[1], 2)))

    assert refused(bundle, Kept(heads={POT: heads_of(files, (61, OLD))})) == "KeptHeadCutOff"


def test_a_kept_head_under_a_key_that_was_never_told_is_refused(files, heads, refused):
    bundle = bundles.packed(changed(files, heads, note(heads[1], 2)))

    assert refused(bundle, Kept(heads={POT: heads_of(files, (10, OTHER))})) == "HeadByAnotherKey"


def test_whoever_asks_for_the_old_key_is_told_that_it_is_another(files, heads, refused):
    bundle = bundles.packed(changed(files, heads, note(heads[1], 2)))

    assert refused(bundle, Kept(key=public(OLD).hex())) == "WrongKey"
    assert layout.of_pot(1, layout.HEADS) == HEADS
