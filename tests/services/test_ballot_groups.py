"""How much of the ballots everyone may read: all, groups that are large enough, or only totals."""

import json

import pytest

from budgeting.ballotbox import bundle_layout as layout
from budgeting.services import ballot_groups, bundles
from budgeting.services import results as services_results
from budgeting.verify.checking import BALLOTS, COUNT
from budgeting.verify.refused_count import BallotsDoNotAddUp
from budgeting.verify.refused_groups import GroupTooSmall, PatternInvalid, PatternTwice
from budgeting.vocabulary import BallotType, Publication
from tests import results
from tests.verify import bundles as packing

MANY = (("1", "2"),) * 7 + (("3",),) * 5 + (("2",),) * 4 + (("1", "3"),) * 2
FIRST = layout.of_pot(1, layout.GROUPS)


@pytest.fixture(autouse=True)
def _known_key(app, monkeypatch):
    monkeypatch.setitem(app.config, "BOARD_SIGNING_KEY", packing.KEY.hex())


def test_small_groups_lie_in_one_heap():
    groups = ballot_groups.grouped(MANY, 5)

    assert groups.patterns == ((("1", "2"), 7), (("3",), 5))
    assert groups.others == 6


def test_a_heap_that_would_be_small_takes_the_smallest_group_in():
    groups = ballot_groups.grouped(MANY[:14], 5)

    assert groups.patterns == ((("1", "2"), 7),)
    assert groups.others == 7


@pytest.mark.parametrize("number", range(5))
def test_so_few_ballots_show_no_group_at_all(number):
    groups = ballot_groups.grouped(MANY[:number], 5)

    assert (groups.patterns, groups.others) == ((), number)


@pytest.mark.parametrize("ballots", [MANY, MANY[:12], MANY[:9], MANY[3:], MANY[5:]])
def test_no_number_is_small_and_none_is_lost(ballots):
    groups = ballot_groups.grouped(ballots, 5)

    sizes = [size for _, size in groups.patterns]
    assert sum(sizes) + groups.others == len(ballots)
    assert all(size >= 5 for size in sizes)
    assert groups.others == 0 or groups.others >= 5 or not sizes


def test_ranked_ballots_are_alike_only_in_the_same_order(session):
    made = results.counted(
        session, ballot_type=BallotType.ORDINAL, ballots=(("1", "2"), ("2", "1"), ("1", "2"))
    )
    [result] = services_results.results_of(session, made.budget_round)

    told = ballot_groups.uniqueness_of(session, result)

    assert (told.ballots, told.unique) == (3, 1)


def published(session, level, tmp_path, change=None):
    made = results.published(session, ballots=MANY, publication=level)
    files = packing.unpacked(bundles.made(session, made.budget_round))
    if change:
        files = packing.edited(files, FIRST, change)
    return files, lambda: packing.checked(packing.packed(files), tmp_path)


def test_a_full_bundle_holds_every_ballot(session, tmp_path):
    files, check = published(session, Publication.FULL, tmp_path)

    assert layout.of_pot(1, layout.BALLOTS) in files
    assert all(held.is_checked for held in check())


def test_a_grouped_bundle_holds_groups_and_says_what_cannot_be_checked(session, tmp_path):
    files, check = published(session, Publication.GROUPED, tmp_path)

    assert layout.of_pot(1, layout.BALLOTS) not in files
    assert json.loads(files[FIRST])["others"] == 6
    told = {held.step: held.is_checked for held in check()}
    assert told[BALLOTS] is True
    assert told[COUNT] is False


def test_a_bundle_of_totals_holds_no_ballot(session, tmp_path):
    files, check = published(session, Publication.TOTALS, tmp_path)

    assert not {name for name in files if name.endswith((layout.BALLOTS, layout.GROUPS))}
    assert [held.is_checked for held in check() if held.step == COUNT] == [False]
    assert "kan andre ikke tælle dem igen" in " ".join(files[layout.README].decode().split())


def lose_one(value):
    value["others"] -= 1


def too_small(value):
    value["patterns"][1]["ballots"] -= 1
    value["others"] += 1


def below_nothing(value):
    value["patterns"][0]["ballots"] += 7
    value["others"] -= 7


def twice(value):
    value["patterns"][1]["choices"] = value["patterns"][0]["choices"]


def unknown_project(value):
    value["patterns"][1]["choices"] = ["99"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lose_one, BallotsDoNotAddUp),
        (too_small, GroupTooSmall),
        (below_nothing, GroupTooSmall),
        (twice, PatternTwice),
        (unknown_project, PatternInvalid),
    ],
)
def test_tampered_groups_are_refused(session, tmp_path, change, refusal):
    _, check = published(session, Publication.GROUPED, tmp_path, change)

    with pytest.raises(refusal):
        check()
