"""Deeds on SQLite take turns in the order they came, and nobody is left with a turn they lost."""

import multiprocessing
import threading
import time

import pytest
import sqlalchemy

from budgeting.services import writers_queue

WAITING = 6
SHORT = 0.05


@pytest.fixture
def engine(tmp_path):
    made = sqlalchemy.create_engine(f"sqlite:///{tmp_path / 'queue.sqlite'}")
    yield made
    made.dispose()


def hold_for_ever(url, is_held):
    with writers_queue.turn(sqlalchemy.create_engine(url)):
        is_held.set()
        time.sleep(60)


def test_they_come_to_their_turn_in_the_order_they_came(engine):
    came, threads = [], []

    def wait(number):
        with writers_queue.turn(engine):
            came.append(number)

    with writers_queue.turn(engine):
        for number in range(WAITING):
            threads.append(threading.Thread(target=wait, args=(number,)))
            threads[-1].start()
            time.sleep(SHORT)
        assert came == []
    for thread in threads:
        thread.join()
    assert came == list(range(WAITING))


def test_a_killed_process_lets_go_of_its_turn(engine):
    spawn = multiprocessing.get_context("spawn")
    is_held = spawn.Event()
    url = engine.url.render_as_string(hide_password=False)
    killed = spawn.Process(target=hold_for_ever, args=(url, is_held))
    killed.start()
    assert is_held.wait(30)
    killed.kill()
    with writers_queue.turn(engine):
        killed.join()


def test_a_deed_that_fails_lets_go_of_its_turn(engine):
    with pytest.raises(RuntimeError), writers_queue.turn(engine):
        raise RuntimeError
    with writers_queue.turn(engine):
        pass


def test_whoever_has_the_turn_does_not_wait_for_it(engine):
    with writers_queue.turn(engine), writers_queue.turn(engine):
        pass


def test_a_database_in_memory_has_no_queue(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with writers_queue.turn(sqlalchemy.create_engine("sqlite:///:memory:")):
        assert list(tmp_path.iterdir()) == []
