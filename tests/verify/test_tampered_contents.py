"""Whoever holds the key can sign anything, and is found out all the same where it does not add up."""

import json
from fractions import Fraction

import pytest

from budgeting.ballotbox import bundle_layout as layout
from budgeting.verify.checking import Kept
from tests.verify import bundles
from tests.verify.bundles import edited, head, proved, replaced

POT = "pots/1"
BALLOTS, OUTCOME = f"{POT}/ballots.pb", f"{POT}/outcome.json"
BOARD, HEADS = f"{POT}/board.json", f"{POT}/heads.json"


def entries_of(files):
    return json.loads(files[BOARD])["entries"]


def with_heads(files, *heads):
    return edited(files, HEADS, lambda said: said.update(heads=list(heads)))


def numbers(files, **changes):
    return edited(files, layout.NUMBERS, lambda said: said["pots"][0].update(changes))


def board(files, change):
    """The board with its entries changed and its root made to fit; the heads are left."""

    def fitted(said):
        said["entries"] = change(said["entries"])
        said["root"] = head(files, said["entries"])["head"]["root"]

    return edited(files, BOARD, fitted)


def decision(files, change):
    return edited(files, layout.DECISION, lambda said: change(said["projects"]))


def last_ballot_gone(files):
    lines = files[BALLOTS].decode().splitlines()
    text = "\n".join([*lines[:-1], ""]).replace("num_votes;84", "num_votes;83")
    return {**files, BALLOTS: text.encode()}


def shrunken_heads(files):
    entries = entries_of(files)
    return with_heads(files, head(files, entries), head(files, entries[:10], minute=1))


def heads_back_in_time(files):
    entries = entries_of(files)
    heads = [head(files, entries[:10], minute=5), head(files, entries, minute=1)]
    return with_heads(files, *proved(heads, entries))


def early_head_of_another_board(files):
    entries = entries_of(files)
    other = [*entries[:9], "ab" * 32]
    return with_heads(files, head(files, other), head(files, entries, minute=1))


def growth_unproved(files):
    entries = entries_of(files)
    return with_heads(files, head(files, entries[:10]), head(files, entries, minute=1))


def rewritten_and_resigned(files):
    """Board and last head are made to fit each other, but not an earlier head and its proof."""
    entries = entries_of(files)
    rewritten = ["cd" * 32, *entries[1:]]
    heads = [head(files, entries[:10]), head(files, rewritten, minute=1)]
    return with_heads(board(files, lambda _: rewritten), *heads)


def same_pot_twice(said):
    said["pots"].append(said["pots"][0])


TAMPERED = {
    # the rules
    "a rule is altered": (
        lambda files: replaced(files, layout.RULEBOOK, '"min_age":0', '"min_age":9'),
        "FingerprintDiffers",
    ),
    "the rules are no rules": (
        lambda files: {**files, layout.RULEBOOK: b'{"title":"x"}'},
        "FileUnreadable",
    ),
    "the rules have one more line": (
        lambda files: edited(files, layout.RULEBOOK, lambda said: said.update(mayor="decides")),
        "FileUnreadable",
    ),
    "the lot is drawn again": (
        lambda files: edited(files, layout.LOT, lambda said: said.update(seed="ab" * 32)),
        "LotSeedDiffers",
    ),
    "a project stands twice on the ballot": (
        lambda files: edited(files, layout.BALLOT_LIST, lambda said: said + said[:1]),
        "ProjectTwice",
    ),
    "a project is in a pot nobody knows": (
        lambda files: edited(files, layout.BALLOT_LIST, lambda said: said[0].update(pot="Min")),
        "PotUnknown",
    ),
    "the ballot list has a price in words": (
        lambda files: edited(
            files, layout.BALLOT_LIST, lambda said: said[0].update(cost_oere="gratis")
        ),
        "FileUnreadable",
    ),
    "a signed file that no check looks at": (
        lambda files: {**files, "pots/7/ballots.pb": b"META\n"},
        "FileUnlisted",
    ),
    # the board
    "an entry is altered": (
        lambda files: board(files, lambda all_: ["ab" * 32, *all_[1:]]),
        "BoardRewritten",
    ),
    "an entry is taken away": (lambda files: board(files, lambda all_: all_[1:]), "BoardRewritten"),
    "an entry is added": (
        lambda files: board(files, lambda all_: [*all_, "ab" * 32]),
        "BoardUnsigned",
    ),
    "two entries change places": (
        lambda files: board(files, lambda all_: [all_[1], all_[0], *all_[2:]]),
        "BoardRewritten",
    ),
    "an entry stands twice": (
        lambda files: board(files, lambda all_: [*all_[:-1], all_[0]]),
        "EntryTwice",
    ),
    "an entry is no hash": (
        lambda files: edited(files, BOARD, lambda said: said["entries"].append("kuvert")),
        "FileUnreadable",
    ),
    "the board says another root": (
        lambda files: edited(files, BOARD, lambda said: said.update(root="ab" * 32)),
        "BoardRootDiffers",
    ),
    "the board is another pot's": (
        lambda files: edited(files, BOARD, lambda said: said.update(pot="Sydby")),
        "FileUnreadable",
    ),
    "the board is only commas": (
        lambda files: {**files, BOARD: b'{"entries":[' + b"0," * 2_000_000 + b"0]}"},
        "FileUnreadable",
    ),
    # the heads
    "there are no heads": (with_heads, "HeadMissing"),
    "a head is altered": (
        lambda files: edited(files, HEADS, lambda said: said["heads"][0]["head"].update(size=83)),
        "HeadForged",
    ),
    "a head is unsigned": (
        lambda files: edited(
            files, HEADS, lambda said: said["heads"][0].update(signature="00" * 64)
        ),
        "HeadForged",
    ),
    "a head is signed with another key": (
        lambda files: with_heads(files, head(files, entries_of(files), key=b"\x02" * 32)),
        "HeadByAnotherKey",
    ),
    "a head is another pot's": (
        lambda files: with_heads(files, head(files, entries_of(files), pot="Sydby")),
        "HeadOfAnotherBoard",
    ),
    "the last head covers half the board": (
        lambda files: with_heads(files, head(files, entries_of(files)[:40])),
        "BoardUnsigned",
    ),
    "a head speaks of more than there is": (
        lambda files: with_heads(files, head(files, entries_of(files), size=85)),
        "BoardRewritten",
    ),
    "the board became shorter": (shrunken_heads, "HeadsOutOfOrder"),
    "a head lies before the one before it": (heads_back_in_time, "HeadsOutOfOrder"),
    "a head was of another board": (early_head_of_another_board, "GrowthUnproved"),
    "the proof of growth is left out": (growth_unproved, "GrowthUnproved"),
    "board and last head are written anew": (rewritten_and_resigned, "GrowthUnproved"),
    # the numbers
    "the board is said to be longer": (
        lambda files: numbers(files, on_board=85),
        "BoardSizeDiffers",
    ),
    "more envelopes are opened than put in": (
        lambda files: numbers(files, envelopes_in=85, ballots_valid=85, on_roll=90),
        "MoreEnvelopesThanOnBoard",
    ),
    "more envelopes are opened than people may vote": (
        lambda files: numbers(files, on_roll=83),
        "MoreEnvelopesThanVoters",
    ),
    "an envelope is lost": (
        lambda files: numbers(files, ballots_valid=83),
        "EnvelopesDoNotAddUp",
    ),
    "a number is below zero": (
        lambda files: numbers(files, ballots_valid=85, ballots_invalid=-1),
        "FileUnreadable",
    ),
    "a number is yes": (lambda files: numbers(files, ballots_invalid=True), "FileUnreadable"),
    "a pot is left out": (
        lambda files: edited(files, layout.NUMBERS, lambda said: said.update(pots=[])),
        "PotMissing",
    ),
    "a pot is told twice": (
        lambda files: edited(files, layout.NUMBERS, same_pot_twice),
        "FileUnreadable",
    ),
    "a pot is told that nobody knows": (
        lambda files: edited(
            files, layout.NUMBERS, lambda said: said["pots"].append({**said["pots"][0], "pot": "X"})
        ),
        "PotUnknown",
    ),
    # the ballots
    "a ballot is taken away": (last_ballot_gone, "BallotsDoNotAddUp"),
    "a ballot is taken away and the number too": (
        lambda files: numbers(last_ballot_gone(files), ballots_valid=83, ballots_invalid=1),
        "OutcomeDiffers",
    ),
    "a ballot names a project that is not there": (
        lambda files: {
            **files,
            BALLOTS: files[BALLOTS].rsplit(b"\n", 2)[0] + b"\n84;99\n",
        },
        "BallotFileUnreadable",
    ),
    "a ballot has too many choices": (
        lambda files: {
            **files,
            BALLOTS: files[BALLOTS].rsplit(b"\n", 2)[0]
            + b"\n84;1,2,3,4,5,6,7,8,9,10,11,12,13,14\n",
        },
        "BallotInvalid",
    ),
    "the ballots are of another kind": (
        lambda files: replaced(files, BALLOTS, "vote_type;approval", "vote_type;ordinal"),
        "BallotTypeDiffers",
    ),
    "the ballots are another round's": (
        lambda files: replaced(files, BALLOTS, "rulebook_sha256;", "rulebook_sha256;0"),
        "BallotsOfAnotherRound",
    ),
    "the pot is larger": (
        lambda files: replaced(files, BALLOTS, "budget;100000", "budget;200000"),
        "BudgetDiffers",
    ),
    "the currency is another": (
        lambda files: replaced(files, BALLOTS, "currency;EUR", "currency;DKK"),
        "BudgetDiffers",
    ),
    "the ballots cannot be read": (
        lambda files: {**files, BALLOTS: b"META\nkey;value\n"},
        "BallotFileUnreadable",
    ),
    "the ballots are not text": (
        lambda files: {**files, BALLOTS: b"\xff\xfe\x00"},
        "BallotFileUnreadable",
    ),
    "a project is cheaper than on the ballot": (
        lambda files: edited(files, layout.BALLOT_LIST, lambda said: said[0].update(cost_oere=1)),
        "ProjectsDiffer",
    ),
    "a project has another title": (
        lambda files: edited(
            files, layout.BALLOT_LIST, lambda said: said[0].update(title="Borgmesterens pool")
        ),
        "ProjectsDiffer",
    ),
    "a project is left off the ballot list": (
        lambda files: edited(files, layout.BALLOT_LIST, lambda said: said[1:]),
        "ProjectsDiffer",
    ),
    # the count
    "a choice is moved to another project": (
        lambda files: {**files, BALLOTS: moved_choice(files[BALLOTS].decode()).encode()},
        "OutcomeDiffers",
    ),
    "the winners change places": (
        lambda files: edited(files, OUTCOME, lambda said: said["winners"].reverse()),
        "OutcomeDiffers",
    ),
    "a winner is left out": (
        lambda files: edited(files, OUTCOME, lambda said: said["winners"].pop()),
        "OutcomeDiffers",
    ),
    "a reason is altered": (
        lambda files: edited(files, OUTCOME, lambda said: said["reasons"]["1"].update(votes=1)),
        "OutcomeDiffers",
    ),
    "another rule was counted by": (
        lambda files: edited(files, OUTCOME, lambda said: said["settings"].update(rule="greedy")),
        "OutcomeDiffers",
    ),
    "the outcome is no outcome": (lambda files: {**files, OUTCOME: b"[]"}, "OutcomeDiffers"),
    "the outcome is not canonical": (
        lambda files: {**files, OUTCOME: files[OUTCOME] + b" "},
        "FileUnreadable",
    ),
    "a loser is marked as a winner": (
        lambda files: {**files, BALLOTS: marked(files[BALLOTS].decode()).encode()},
        "WinnersMarkedWrongly",
    ),
    # the decision
    "a project is left out of the decision": (
        lambda files: decision(files, lambda lines: lines.pop() and None),
        "DecisionIncomplete",
    ),
    "a project is decided twice": (
        lambda files: decision(files, lambda lines: lines.append(lines[0])),
        "DecisionIncomplete",
    ),
    "another recommendation is named": (
        lambda files: decision(
            files, lambda lines: lines[0].update(recommended=not lines[0]["recommended"])
        ),
        "RecommendationDiffers",
    ),
    "the council departs without a reason": (
        lambda files: decision(
            files, lambda lines: lines[0].update(adopted=not lines[0]["adopted"], reason=" ")
        ),
        "DepartureWithoutReason",
    ),
    "the council gives more than there is": (
        lambda files: decision(
            files,
            lambda lines: [one.update(adopted=True, reason="Fordi") for one in lines] and None,
        ),
        "DecisionOverBudget",
    ),
}


def moved_choice(text):
    """The first ballot that lacks project 1 gets it in place of its first choice."""
    start = text.index("VOTES\n")
    lines = text[start:].splitlines(keepends=True)
    for place in range(2, len(lines)):
        number, _, vote = lines[place].rstrip("\n").partition(";")
        chosen = vote.strip('"').split(",")
        if "1" not in chosen:
            lines[place] = f'{number};"{",".join(["1", *chosen[1:]])}"\n'
            return text[:start] + "".join(lines)
    raise AssertionError("everybody chose project 1")


def marked(text):
    """The first project that is not selected becomes selected in the file of ballots."""
    lines = text.splitlines(keepends=True)
    start = lines.index("PROJECTS\n")
    for place in range(start + 2, lines.index("VOTES\n")):
        if lines[place].endswith(";0\n"):
            lines[place] = lines[place].removesuffix("0\n") + "1\n"
            return "".join(lines)
    raise AssertionError("every project won")


@pytest.mark.parametrize(("tamper", "reason"), TAMPERED.values(), ids=TAMPERED)
def test_what_does_not_add_up_is_refused_though_it_is_signed(files, refused, tamper, reason):
    assert refused(bundles.packed(tamper(files))) == reason


def test_the_first_difference_is_named(files, tmp_path):
    from budgeting.verify.refused_count import OutcomeDiffers

    wrong = edited(files, OUTCOME, lambda said: said["reasons"]["7"].update(votes=1))

    with pytest.raises(OutcomeDiffers, match=r"reasons\.7\.votes"):
        bundles.checked(bundles.packed(wrong), tmp_path)


def test_a_head_that_a_citizen_kept_holds_against_the_board(files, assen, tmp_path):
    kept = [head(files, entries_of(files)[:10])]

    held = bundles.checked(assen, tmp_path, Kept(heads={"Assen Top Idee": kept}))

    assert held[3].values["heads"] == 2


def test_a_head_that_a_citizen_kept_shows_that_all_of_it_was_written_anew(files, refused):
    kept = [head(files, entries_of(files)[:10])]
    rewritten = ["cd" * 32, *entries_of(files)[1:]]
    anew = with_heads(board(files, lambda _: rewritten), head(files, rewritten))

    assert refused(bundles.packed(anew), Kept(heads={"Assen Top Idee": kept})) == (
        "KeptHeadContradicted"
    )


def test_at_least_25_kinds_of_tampering_have_a_name_of_their_own():
    assert len({reason for _, reason in TAMPERED.values()}) >= 25


def test_no_fraction_is_compared_as_a_float(files):
    said = json.loads(files[OUTCOME])
    assert all(Fraction(reason["score"]) for reason in said["reasons"].values() if reason["score"])
