"""The pages of a strict round: fetch the envelopes, bring home what came out, compare a second time."""

import io

import pytest

from budgeting import clock
from budgeting.models import Count
from budgeting.services import jobs, offline_opening
from budgeting.vocabulary import Role
from tests import results
from tests.services.test_opening_elsewhere import strict, unlocked
from tests.web.visits import signed_in

SHOW = "/admin/runder/nordby-2026/optaelling"
COUNT = f"{SHOW}/taelling"
HERE = f"{SHOW}/anden-computer"
OFFICER = "/noegleperson/nordby-2026"


@pytest.fixture
def made(session):
    return strict(session)


@pytest.fixture
def officer(app, made):
    return signed_in(app, made.officers[0])


def fetched(client, page, folder):
    """Press the button and keep the file."""
    form = page.form(0)
    answer = client.post(form.address_of(None), data=form.filled_in({}))
    assert answer.headers["Content-Disposition"].endswith('"kuverter.zip"')
    path = folder / "kuverter.zip"
    path.write_bytes(answer.data)
    return path


def opened(made, path, *numbers):
    return offline_opening.open_box(offline_opening.read(path), unlocked(made, *numbers))


def bring(client, content, *, status=200):
    page = client.read(HERE)
    said = client.submit(page, {"file": (io.BytesIO(content), "aabnet")}, form=1, status=status)
    jobs.run_waiting(clock.now())
    return said


def test_an_officer_finds_the_way_and_takes_it(session, made, officer, tmp_path):
    page = officer.read(officer.read(OFFICER).link("Åbn urnen på en anden computer"))
    said, content = opened(made, fetched(officer, page, tmp_path), 0, 2)

    home = bring(officer, content)

    assert said.fingerprint in home.soup.get_text()
    session.rollback()
    assert session.query(Count).one().ballots_valid == 5


def test_a_second_opening_is_compared(made, officer, tmp_path):
    path = fetched(officer, officer.read(HERE), tmp_path)
    bring(officer, opened(made, path, 0, 1)[1])

    home = bring(officer, opened(made, path, 1, 2)[1])

    assert "giver det samme" in home.soup.get_text()


def test_a_forged_file_is_refused_at_its_field(session, made, officer, tmp_path):
    content = opened(made, fetched(officer, officer.read(HERE), tmp_path), 0, 1)[1]

    refused = bring(officer, content.replace(b'"envelopes_in":5', b'"envelopes_in":6'), status=422)

    assert refused.errors == [
        "Filen viser ikke, at 2 nøglepersoners nøgler var med, da den blev lavet. "
        "Den kan være ændret undervejs."
    ]
    assert session.query(Count).count() == 0


@pytest.mark.parametrize("content", [b"", b"hej"])
def test_no_file_or_another_is_refused_in_words(officer, content):
    assert "ikke en åbnet urne" in bring(officer, content, status=422).errors[0]


def test_the_administrator_sees_the_way_too(app, made):
    admin = signed_in(app, made.people[Role.ADMIN])

    assert admin.read(COUNT).link("på en anden computer") == HERE


def test_where_the_keys_are_here_there_is_no_such_way(app, session):
    made = results.voted(session, officers=3)
    officer = signed_in(app, made.officers[0])

    assert officer.read(HERE).address.endswith("forsegling")
    assert "anden computer" not in officer.read(OFFICER).text
