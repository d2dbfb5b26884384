"""The installation's signing key: made at first use, kept in a file only we may read.

Its public half is published and stands beside every signature. Whoever has the file can
sign in the house's name, so it belongs in no backup that others may read.
"""

import os
import secrets
from pathlib import Path

from flask import current_app

from budgeting.ballotbox import signed_heads
from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

OURS_ALONE = 0o600
KEY_BYTES = 32


class NotASigningKey(RuntimeError):
    """What should be the board's key is something else."""


class KeyIsASetting(Refusal):
    """The platform cannot change its own settings."""

    message = N_("Nøglen står i indstillingen BOARD_SIGNING_KEY. Sæt en ny der, og prøv igen.")


def signing_key() -> bytes:
    """Return the key that is given in the settings, or the one in its file, made if missing."""
    settings = current_app.config
    given = str(settings["BOARD_SIGNING_KEY"])
    return _read(given or _kept_in(Path(settings["BOARD_SIGNING_KEY_FILE"])))


def verifying_key() -> bytes:
    """Return the public key that anyone checks the house's signatures with."""
    return signed_heads.verifying_key_of(signing_key())


def renew(old_key: bytes) -> None:
    """Have another key than this one; the old one is laid aside, if it is still there."""
    if verifying_key() != old_key:
        return
    if current_app.config["BOARD_SIGNING_KEY"]:
        raise KeyIsASetting()
    file = Path(current_app.config["BOARD_SIGNING_KEY_FILE"])
    file.rename(file.with_name(f"{file.name}.until-{old_key.hex()[:16]}"))
    signing_key()


def _read(text: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise NotASigningKey("BOARD_SIGNING_KEY must be 64 hexadecimal digits.")
    return key


def _kept_in(file: Path) -> str:
    """Return the kept key; where two make one at the same time, one of them wins for both."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(signed_heads.make_signing_key().hex())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text()
