"""Strict rounds on their pages: a file is handed out once, and chosen again to try and to open."""

import io

import pytest

from budgeting.models import OfficerKey
from budgeting.vocabulary import Phase, Role
from tests import make
from tests.web.visits import signed_in

HERE = "/noegleperson/nordby-2026"
BOX = "/admin/runder/nordby-2026/stemmeurne"
PASSPHRASE = "fire ord som ikke rimer"


@pytest.fixture
def made(app, session):
    made = make.budget_round(session, Phase.DRAFT, officers=1)
    admin = signed_in(app, make.account(session, Role.ADMIN))
    admin.submit(admin.read(BOX), {"keys_in_files": "y"})
    return made


def made_file(officer):
    page = officer.read(f"{HERE}/lav-noegle")
    typed = page.form().as_it_stands() | {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    return officer.post(f"{HERE}/lav-noegle", data=typed)


def try_with(officer, content):
    page = officer.read(f"{HERE}/proev-noegle")
    sent = page.form().as_it_stands() | {
        "passphrase": PASSPHRASE,
        "key_file": (io.BytesIO(content), "noegle.txt"),
    }
    return officer.post(f"{HERE}/proev-noegle", data=sent, content_type="multipart/form-data")


def test_the_key_is_handed_out_as_a_file_and_tried_with_it(app, session, made):
    officer = signed_in(app, made.people[Role.OFFICER])
    assert "Nøglen bliver en fil" in officer.read(f"{HERE}/lav-noegle").text

    answer = made_file(officer)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"BORGERBUDGET KEY 1" in answer.data
    assert session.query(OfficerKey).one().locked_private_key is None
    assert try_with(officer, answer.data).status_code == 302
    session.expire_all()
    assert session.query(OfficerKey).one().tested_at is not None


def test_another_file_is_refused_in_words(app, session, made):
    officer = signed_in(app, made.people[Role.OFFICER])
    made_file(officer)

    answer = try_with(officer, b"\xff\xfenot a key")

    assert answer.status_code == 422
    assert "Filen er ikke nøglen til denne stemmeurne" in answer.text
