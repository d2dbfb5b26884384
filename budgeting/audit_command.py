"""`flask audit`: is the log of deeds whole, and what is its newest link?"""

import sys

import click
from flask.cli import AppGroup

from budgeting.extensions import db
from budgeting.services import audit_check, audit_links
from budgeting.services.audit_links import Link

TAMPERED, UNREADABLE = 1, 2

audit = AppGroup("audit", help="The log of what staff did.")


@audit.command("verify")
@click.option(
    "--link",
    "given",
    multiple=True,
    metavar="NUMBER:HASH",
    help="A link you kept; may be repeated.",
)
def verify(given: tuple[str, ...]) -> None:
    """Go through the whole log and say whether anything was done to it."""
    links = _links(given)
    checked = audit_check.check(db.session(), links)
    if checked.flaw is not None:
        click.echo(f"Deed {checked.flaw.number} {checked.flaw.kind}.", err=True)
        click.echo(f"The {checked.deeds} deeds before it hold.", err=True)
        sys.exit(TAMPERED)
    click.echo(f"The log holds: {checked.deeds} deeds, {checked.kept} kept links.")
    if not links:
        click.echo("No link was kept outside the database, so a cut at the end would not show.")


@audit.command("link")
def link() -> None:
    """Show the newest link, to be kept where no administrator can change it."""
    newest = audit_links.last_link(db.session())
    click.echo(newest or "No deed has been done yet.")


def _links(given: tuple[str, ...]) -> list[Link]:
    try:
        return [*audit_links.kept_links(), *map(audit_links.parse, given)]
    except audit_links.NotALink as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(UNREADABLE)
