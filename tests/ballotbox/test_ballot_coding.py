"""Ballots as bytes: one spelling each, equally long when padded, and nothing else is read."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting import canonical
from budgeting.ballotbox import ballot_coding, padding
from budgeting.ballotbox.ballot_coding import BallotUnreadable, Choices
from budgeting.vocabulary import BallotType

PROJECT_IDS = st.lists(
    st.text('0123456789abø"\\', min_size=1, max_size=12), unique=True, max_size=8
)


@st.composite
def ballots(draw):
    ballot_type = draw(st.sampled_from(list(BallotType)))
    projects = tuple(draw(PROJECT_IDS))
    if ballot_type not in ballot_coding.WITH_POINTS:
        return Choices(ballot_type, projects)
    count = len(projects)
    points = draw(st.lists(st.integers(0, 1_000_000), min_size=count, max_size=count))
    return Choices(ballot_type, projects, tuple(points))


def test_a_ranked_ballot_keeps_its_order():
    encoded = ballot_coding.encode(Choices(BallotType.ORDINAL, ("12", "7")))

    assert encoded == b'{"choices":["12","7"],"type":"ordinal"}'


def test_where_order_means_nothing_it_does_not_show():
    clicked = itertools.permutations(("7", "12", "3"))
    spellings = {ballot_coding.encode(Choices(BallotType.APPROVAL, order)) for order in clicked}

    assert spellings == {b'{"choices":["12","3","7"],"type":"approval"}'}


def test_points_follow_their_project():
    encoded = ballot_coding.encode(Choices(BallotType.CUMULATIVE, ("7", "12"), (1, 3)))

    assert encoded == b'{"choices":["12","7"],"points":[3,1],"type":"cumulative"}'


@given(ballots())
def test_what_is_encoded_decodes_to_the_same_ballot(choices):
    decoded = ballot_coding.decode(ballot_coding.encode(choices), choices.ballot_type)

    assert ballot_coding.encode(decoded) == ballot_coding.encode(choices)
    assert set(decoded.projects) == set(choices.projects)


@pytest.mark.parametrize(
    "spelled",
    [
        None,
        [],
        {},
        {"choices": [], "type": "ordinal"},
        {"choices": ["1"], "type": "approval", "points": [1]},
        {"choices": ["1"], "type": "approval", "more": 1},
        {"choices": "12", "type": "approval"},
        {"choices": {"1": 1}, "type": "approval"},
        {"choices": [1], "type": "approval"},
        {"choices": [""], "type": "approval"},
        {"choices": [["1"]], "type": "approval"},
        {"choices": ["1", "1"], "type": "approval"},
        {"choices": ["2", "1"], "type": "approval"},
        {"choices": ["x" * 65], "type": "approval"},
    ],
)
def test_a_ballot_of_the_wrong_shape_is_refused(spelled):
    with pytest.raises(BallotUnreadable):
        ballot_coding.decode(canonical.encode(spelled), BallotType.APPROVAL)


@pytest.mark.parametrize("points", [[], [1], [1, True], [1, "2"], [1, 2, 3], [1, 1_000_001], "12"])
def test_points_of_the_wrong_shape_are_refused(points):
    spelled = {"choices": ["1", "2"], "points": points, "type": "scoring"}

    with pytest.raises(BallotUnreadable):
        ballot_coding.decode(canonical.encode(spelled), BallotType.SCORING)


@pytest.mark.parametrize(
    "encoded", [b"", b"\x00", b'{"type":"approval","choices":[]}', b"[" * 9999]
)
def test_bytes_that_are_not_canonical_are_refused(encoded):
    with pytest.raises(BallotUnreadable):
        ballot_coding.decode(encoded, BallotType.APPROVAL)


@pytest.mark.parametrize(
    "choices",
    [
        Choices(BallotType.APPROVAL, ("1", 2)),
        Choices(BallotType.APPROVAL, ("1", "1")),
        Choices(BallotType.APPROVAL, ("1",), (1,)),
        Choices(BallotType.SCORING, ("1",)),
        Choices(BallotType.SCORING, ("1",), (1, 2)),
    ],
)
def test_what_cannot_be_read_is_not_written_either(choices):
    with pytest.raises(BallotUnreadable):
        ballot_coding.encode(choices)


def test_choices_and_refusals_do_not_show_the_vote():
    choices = Choices(BallotType.APPROVAL, ("hemmeligt",))
    with pytest.raises(BallotUnreadable) as caught:
        ballot_coding.decode(b'{"choices":["hemmeligt"]}', BallotType.APPROVAL)

    assert "hemmeligt" not in repr(choices) + str(choices) + repr(caught.value) + str(caught.value)


@given(st.binary(max_size=60))
def test_padded_ballots_are_equally_long_and_read_back(ballot):
    padded = padding.pad(ballot, 64)

    assert len(padded) == 64
    assert padding.unpad(padded) == ballot


def test_a_ballot_longer_than_the_size_is_refused():
    with pytest.raises(padding.TooLongToPad):
        padding.pad(b"x" * 61, 64)


@pytest.mark.parametrize(
    "padded", [b"", b"\0\0\0", b"\0\0\0\x05abcd", b"\0\0\0\x01ab", b"\xff" * 64]
)
def test_what_was_not_padded_here_is_refused(padded):
    with pytest.raises(padding.PaddingBroken):
        padding.unpad(padded)


@given(ballots())
def test_the_size_of_a_pot_holds_every_ballot_on_its_projects(choices):
    size = padding.size_for(choices.ballot_type, choices.projects)
    encoded = ballot_coding.encode(choices)

    assert size % 64 == 0
    assert len(padding.pad(encoded, size)) == size


def test_the_size_is_smaller_where_the_rulebook_allows_fewer_choices():
    project_ids = [str(number) for number in range(1, 101)]

    everything = padding.size_for(BallotType.APPROVAL, project_ids)
    few = padding.size_for(BallotType.APPROVAL, project_ids, most_choices=3)

    assert (few, everything) == (64, 576)
