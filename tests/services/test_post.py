"""The outbox, against a real mail server on loopback and against a folder."""

import email
import logging
import socket
import threading
from datetime import UTC, datetime, timedelta
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from budgeting.models import OutboxMail
from budgeting.services import post, transaction

NOW = datetime.now(UTC)
BODY = "Kære Åse\n\nHer er dit link:\n\nhttps://borgerbudget.example.org/" + "æ" * 300


class Letterbox:
    """What the mail server does with a mail: keep it, or refuse the whole of one recipient."""

    def __init__(self):
        self.taken = []
        self.refused = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address in self.refused:
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.taken.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


@pytest.fixture
def letterbox(app):
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    app.config["MAIL_SERVER"] = f"127.0.0.1:{server.port}"
    yield box
    server.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def queue(recipient="aase@example.org", subject="Dit link"):
    with transaction.deed() as session:
        post.queue(session, recipient, subject, BODY, NOW)


def test_a_mail_arrives_as_it_was_written(session, letterbox):
    queue(subject="Dit link til Æblerød Kommune")

    assert post.deliver_waiting(NOW) == 1

    [(recipients, content)] = letterbox.taken
    message = email.message_from_bytes(content, policy=default)
    assert recipients == ["aase@example.org"]
    assert message["Subject"] == "Dit link til Æblerød Kommune"
    assert message.get_content().replace("\r\n", "\n").rstrip("\n") == BODY


def test_a_mail_is_sent_once_and_its_text_forgotten(session, letterbox):
    queue()

    post.deliver_waiting(NOW)

    assert post.deliver_waiting(NOW) == 0
    [row] = session.scalars(select(OutboxMail)).all()
    assert (row.sent_at, row.body) == (NOW, "")


def test_a_deed_that_is_undone_sends_nothing(session, letterbox):
    with pytest.raises(RuntimeError):
        queue_in_a_deed_that_fails()

    assert post.deliver_waiting(NOW) == 0


def queue_in_a_deed_that_fails():
    with transaction.deed() as session:
        post.queue(session, "aase@example.org", "Dit link", BODY, NOW)
        raise RuntimeError


def test_a_mail_that_is_refused_does_not_hold_up_the_next(session, letterbox, caplog):
    letterbox.refused.add("ukendt@example.org")
    queue("ukendt@example.org")
    queue("kendt@example.org")

    with caplog.at_level(logging.WARNING):
        assert post.deliver_waiting(NOW) == 1

    assert [recipients for recipients, _ in letterbox.taken] == [["kendt@example.org"]]
    assert "example.org" not in caplog.text


def test_a_mail_that_is_refused_is_tried_again_later_and_at_last_given_up(session, letterbox):
    letterbox.refused.add("aase@example.org")
    queue()
    moment = NOW
    for minutes in post.BACK_OFF_MINUTES:
        post.deliver_waiting(moment)
        moment += timedelta(minutes=minutes)
    letterbox.refused.clear()

    assert post.deliver_waiting(moment) == 0


def test_a_mail_is_tried_again_when_the_server_is_back(app, session, letterbox):
    here = app.config["MAIL_SERVER"]
    app.config["MAIL_SERVER"] = f"127.0.0.1:{free_port()}"
    queue()
    assert post.deliver_waiting(NOW) == 0
    app.config["MAIL_SERVER"] = here

    assert post.deliver_waiting(NOW) == 0
    assert post.deliver_waiting(NOW + timedelta(minutes=post.BACK_OFF_MINUTES[0])) == 1


def test_several_workers_send_each_mail_once(app, session, letterbox):
    for number in range(12):
        queue(f"borger{number}@example.org")
    starting = threading.Barrier(3)

    def work():
        with app.app_context():
            starting.wait()
            post.deliver_waiting(NOW)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    reached = sorted(recipients[0] for recipients, _ in letterbox.taken)
    assert reached == sorted(f"borger{number}@example.org" for number in range(12))


def test_without_a_mail_server_a_mail_is_a_file_one_can_read(app, session, tmp_path):
    app.config["MAIL_FOLDER"] = str(tmp_path / "mail")
    queue()

    assert post.deliver_waiting(NOW) == 1

    [file] = (tmp_path / "mail").iterdir()
    assert BODY in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("recipient", ["uden snabel-a", "a@b.dk, c@d.dk", "a@b.dk\nBcc: c@d.dk"])
def test_an_address_that_is_none_reaches_nobody(session, letterbox, recipient):
    queue(recipient)

    assert post.deliver_waiting(NOW) == 0
    assert not letterbox.taken


def test_a_subject_cannot_add_lines_to_the_mail(session, letterbox):
    queue(subject="Tak\r\nBcc: c@d.dk " + "x" * 300)

    post.deliver_waiting(NOW)

    message = email.message_from_bytes(letterbox.taken[0][1], policy=default)
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Tak Bcc: c@d.dk")
