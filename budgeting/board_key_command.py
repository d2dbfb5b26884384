"""`flask board-key`: the key that signs the boards, and a new one where it is lost."""

import sys

import click
from flask.cli import AppGroup

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Account
from budgeting.refusals import Refusal
from budgeting.services import accounts, addresses, board_key, key_changes

REFUSED = 1
KEY_BYTES = 32

board_key_group = AppGroup("board-key", help="The key that signs the lists of the ballot boxes.")


@board_key_group.command("show")
def show() -> None:
    """Show the public half of the key that signs now."""
    click.echo(board_key.verifying_key().hex())


@board_key_group.command("replace")
@click.option(
    "--old",
    required=True,
    metavar="HEX",
    help="The lost key's public half, from minutes or from heads that somebody has kept.",
)
@click.option("--by", "email", required=True, help="The mail address of whoever does it.")
@click.option("--and", "other", required=True, help="The address of the one who stands by.")
@click.confirmation_option(prompt="Everybody will see that the key was changed. Go on?")
def replace(old: str, email: str, other: str) -> None:
    """Sign every board with a new key, and note under each that the old one is lost."""
    try:
        replaced = key_changes.replace(
            by=_account(email), other=_account(other), old_key=_key(old), now=clock.now()
        )
    except Refusal as refused:
        click.echo(str(refused), err=True)
        sys.exit(REFUSED)
    for pot in replaced.pots:
        click.echo(f"{pot}: signed with the new key.")
    for pot in replaced.left:
        click.echo(f"{pot}: LEFT AS IT IS, for the board does not fit its last head.", err=True)
    click.echo(f"The new key is {replaced.new_key.hex()}. Write it in the minutes.")
    if replaced.left:
        sys.exit(REFUSED)


def _key(text: str) -> bytes:
    try:
        key = bytes.fromhex("".join(text.split()))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise click.ClickException("--old must be 64 hexadecimal digits.")
    return key


def _account(email: str) -> Account:
    found = accounts.find_by_address(db.session(), addresses.one_spelling(email))
    if found is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    return found
