"""`flask ballot-box`: a strict round's box is opened on another machine, and what came out is counted.

`export` and `import` are done on the platform; `open` on a machine that needs neither database
nor net, only this program. Passphrases are asked for, never given as words of the command.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy import select

from budgeting import clock
from budgeting.ballotbox import key_files, officer_keys, opened_file
from budgeting.ballotbox.officer_keys import KeyRefused, PrivateKey
from budgeting.extensions import db
from budgeting.models import Account, BudgetRound
from budgeting.refusals import Refusal
from budgeting.services import (
    accounts,
    addresses,
    box_export,
    box_import,
    count_jobs,
    offline_opening,
)
from budgeting.services.offline_opening import SealedBox

OURS_ALONE = 0o600
REFUSED = 1

ballot_box = AppGroup("ballot-box", help="A sealed box is opened on another machine.")
BY = click.option("--by", "email", required=True, help="The mail address of whoever does it.")


@ballot_box.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path))
@BY
def export(slug: str, file: Path, email: str) -> None:
    """Write the sealed boxes of the round SLUG to FILE, without whose the envelopes are."""
    budget_round = _round(slug)
    descriptor = _new_file(file)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            box_export.write(
                by=_account(email), budget_round=budget_round, file=opened, now=clock.now()
            )
    except Refusal as refused:
        file.unlink()
        _stop(refused)
    click.echo(f"{file} holds the sealed boxes of /runder/{slug}.")


@ballot_box.command("open")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--key", "keys", multiple=True, required=True, type=click.Path(path_type=Path))
@click.option("--out", "target", required=True, type=click.Path(path_type=Path))
def open_box(file: Path, keys: tuple[Path, ...], target: Path) -> None:
    """Open FILE with the officers' key files, and write what came out."""
    try:
        box = offline_opening.read(file)
        _tell(box)
        opened, content = offline_opening.open_box(box, _unlocked(box, keys))
    except (Refusal, OSError) as refused:
        _stop(refused)
    with os.fdopen(_new_file(target), "wb") as written:
        written.write(content)
    for pot in opened.pots:
        invalid = pot.envelopes_in - pot.valid
        click.echo(
            f"{pot.pot}: {pot.envelopes_in} envelopes, {pot.valid} ballots, {invalid} invalid"
        )
    click.echo(f"\n{target} is written. Note its fingerprint: {opened.fingerprint}")


@ballot_box.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@BY
def take_in(file: Path, email: str) -> None:
    """Check and count what came out of a box; a second opening is compared with the first."""
    content = file.read_bytes()
    try:
        budget_round = _round(opened_file.round_of(content))
        was_counted = budget_round.counted_at is not None
        fingerprint = box_import.take_in(
            by=_account(email), budget_round=budget_round, content=content, now=clock.now()
        )
        count_jobs.count_ordered(budget_round, clock.now())
    except Refusal as refused:
        _stop(refused)
    done = "This opening gives the same as the first" if was_counted else "The votes are counted"
    click.echo(f"{done}. Fingerprint: {fingerprint}")


def _tell(box: SealedBox) -> None:
    said = box.export.manifest
    click.echo(f"{said['title']} (/runder/{said['round']})")
    click.echo(f"Rules:       {said['rulebook']}")
    click.echo(f"Board's key: {said['key']}")
    for officer in box.officers:
        click.echo(f"Officer:     {officer['fingerprint']}  {officer['name']}")
    click.echo("Compare these with the round's own pages, as you noted them before the voting.\n")


def _unlocked(box: SealedBox, files: Sequence[Path]) -> dict[int, PrivateKey]:
    """Unlock each key with its owner's passphrase; the one who sits there types it unseen."""
    unlocked: dict[int, PrivateKey] = {}
    for file in files:
        pair = key_files.from_text(file.read_text(encoding="ascii", errors="replace"))
        number = box.number_of(pair)
        name = box.officers[number]["name"]
        while number not in unlocked:
            typed = click.prompt(f"Passphrase of {name} ({file.name})", hide_input=True)
            try:
                unlocked[number] = officer_keys.unlock(pair.locked_private_key, typed)
            except officer_keys.WrongPassphrase as wrong:
                click.echo(str(wrong), err=True)
            except KeyRefused as refused:
                _stop(refused)
    return unlocked


def _round(slug: str) -> BudgetRound:
    found = db.session.scalar(select(BudgetRound).where(BudgetRound.slug == slug))
    if found is None:
        raise click.ClickException(f"There is no round {slug}.")
    return found


def _account(email: str) -> Account:
    found = accounts.find_by_address(db.session(), addresses.one_spelling(email))
    if found is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    return found


def _new_file(path: Path) -> int:
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE)
    except OSError as wrong:
        raise click.ClickException(f"{path}: {wrong.strerror}") from wrong


def _stop(refused: Exception) -> NoReturn:
    click.echo(str(refused), err=True)
    sys.exit(REFUSED)
