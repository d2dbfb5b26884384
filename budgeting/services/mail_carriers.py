"""The two ways a mail leaves the house: to a mail server, or as a file in a folder."""

import os
import smtplib
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any, Protocol

from flask import current_app

from budgeting import clock

PATIENCE_SECONDS = 20
LONGEST_LINE = 998  # of a mail, RFC 5322
AS_A_FILE = EmailPolicy(utf8=True, cte_type="8bit", max_line_length=LONGEST_LINE)


@dataclass(frozen=True)
class Mail:
    """One mail on its way."""

    id: int
    recipient: str
    subject: str
    body: str


class Carrier(Protocol):
    """Takes a mail away, or raises an OSError or a ValueError."""

    def carry(self, mail: Mail) -> None:
        """Hand the mail over."""


def chosen() -> Carrier:
    """Return the carrier that the settings name."""
    settings = current_app.config
    if settings["MAIL_SERVER"]:
        host, _, port = settings["MAIL_SERVER"].partition(":")
        return MailServer(host, int(port or 25), settings["MAIL_FROM"])
    return MailFolder(Path(settings["MAIL_FOLDER"]), settings["MAIL_FROM"])


@dataclass(frozen=True)
class MailServer:
    """Hands mails to a mail server, over TLS where the server offers it."""

    host: str
    port: int
    sender: str

    def carry(self, mail: Mail) -> None:
        """Send the mail to its one recipient."""
        with smtplib.SMTP(self.host, self.port, timeout=PATIENCE_SECONDS) as server:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls()
            server.send_message(written(mail, self.sender, SMTP), to_addrs=[mail.recipient])


@dataclass(frozen=True)
class MailFolder:
    """Puts each mail in a folder as a file that a person can read."""

    folder: Path
    sender: str

    def carry(self, mail: Mail) -> None:
        """Write the file under another name first: whoever looks sees all of it or nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f".{mail.id:08}.part"
        unfinished.write_bytes(written(mail, self.sender, AS_A_FILE).as_bytes())
        os.replace(unfinished, self.folder / f"{mail.id:08}.eml")


def written(mail: Mail, sender: str, policy: "EmailPolicy[Any]") -> EmailMessage:
    """Write the message; an address that is none is a ValueError."""
    message = EmailMessage(policy=policy)
    message["From"] = sender
    message["To"] = Address(addr_spec=mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message
