"""The short forms of what `make soak` tries for long: seconds each, on both databases."""

import pytest

from budgeting import clock
from tests.soak import deadline, disk, house, kills, power, races

SECOND_NIGHT = deadline.NIGHTS["02.30 in winter time"]


@pytest.fixture
def url(request, database):
    """An empty database of each kind; None is a file of SQLite in the test's own folder."""
    yield address_for(request, database)
    clock.shift_by(None)


def address_for(request, database):
    if "postgresql" not in database.url:
        return None
    server = request.getfixturevalue("postgresql_server")
    return house.new_database(server, f"{database.name}_soak")


def test_racing_attempts_leave_each_voter_one_vote_and_a_naive_house_fails(tmp_path, url):
    extra, lost, too_many, told = races.prove(tmp_path, url, number=320)
    assert (extra, lost) == (0, 0), told
    assert too_many > 0, told


def test_no_acknowledged_vote_is_lost_or_doubled_when_the_server_is_killed(tmp_path):
    lost, doubled, different, told = kills.prove_server(tmp_path, None, 120, 3)
    assert (lost, doubled, different) == (0, 0, 0), told


def test_no_acknowledged_vote_is_lost_or_doubled_when_postgresql_is_killed(request):
    if request.config.getoption("--database") == "sqlite":
        pytest.skip("PostgreSQL was not asked for")
    with house.short_folder() as folder:
        lost, doubled, different, told = kills.prove_postgresql(folder, 60, 1)
    assert (lost, doubled, different) == (0, 0, 0), told


def test_no_acknowledged_vote_is_lost_when_the_power_goes(tmp_path):
    lost, doubled, told = power.prove(tmp_path / "full", 60)
    assert (lost, doubled) == (0, 0), told


def test_with_less_than_full_syncing_the_same_power_cuts_lose_votes(tmp_path):
    lost, _, told = power.prove(tmp_path / "normal", 30, "NORMAL")
    assert lost > 0, told


def test_a_disk_that_errs_gives_no_receipt_without_a_vote(tmp_path):
    bad, told = disk.prove(tmp_path, every=7)
    assert bad == 0, told


def test_a_disk_that_is_full_gives_no_receipt_without_a_vote(tmp_path):
    bad, refused, told = disk.prove_on_a_real_disk(tmp_path, votes=60)
    assert bad == 0, told
    assert refused > 0, told


@pytest.mark.parametrize("moment", [None, SECOND_NIGHT], ids=["an ordinary day", "the double hour"])
def test_votes_around_the_deadline_are_in_or_told_so(tmp_path, url, moment):
    bad, is_sealed, told = deadline.prove(tmp_path / "evening", url, moment=moment)
    assert not bad, told
    assert is_sealed, told
