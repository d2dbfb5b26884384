"""The commands an operator needs: `flask --app app COMMAND`."""

import secrets
import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from budgeting import clock
from budgeting.audit_command import audit
from budgeting.ballot_box_command import ballot_box
from budgeting.ballotbox import passphrases
from budgeting.board_key_command import board_key_group
from budgeting.demo import filling, serving
from budgeting.demo import settings as demo_settings
from budgeting.demo.secrets_shown import PASSWORD
from budgeting.refusals import Refusal
from budgeting.services import accounts, chores, count_warming, importing
from budgeting.tally import pabulib
from budgeting.tally.election import UnsoundElection
from budgeting.vocabulary import STAFF_ROLES, Role

MALFORMED = 2
SECONDS_BETWEEN_JOBS = 2

jobs = AppGroup("jobs", help="Work that is done beside the pages.")
demo = click.Group("demo", help="The made-up municipality.")


@click.command("create-admin")
@click.argument("email")
@click.argument("name")
@click.password_option(help="At least ten signs; asked for when not given.")
def create_admin(email: str, name: str, password: str) -> None:
    """Give the first administrator a way in: EMAIL and NAME."""
    _create(email, name, {Role.ADMIN}, password)


@click.command("create-staff")
@click.argument("email")
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(sorted(role.value for role in STAFF_ROLES)),
)
@click.password_option(help="At least ten signs; asked for when not given.")
def create_staff(email: str, name: str, roles: tuple[str, ...], password: str) -> None:
    """Give a person of the municipality a way in: EMAIL and NAME, with one or more roles."""
    _create(email, name, {Role(role) for role in roles}, password)


@click.command("import-pabulib")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--slug", help="The round's address; made from the file when not given.")
@click.option("--title", help="The round's title; made from the file when not given.")
@click.option("--passphrase", help="Opens the ballot box; made and shown when not given.")
def import_pabulib(file: Path, slug: str | None, title: str | None, passphrase: str | None) -> None:
    """Turn a real election in a Pabulib FILE into a round with its ballots in the box."""
    try:
        chosen = passphrase or _drawn_passphrase()
        passphrases.check(chosen)
        budget_round = importing.import_election(
            pabulib.read(file),
            wishes=importing.Wishes(
                slug=slug, title=title, source=f"Pabulib (pabulib.org), {file.name}"
            ),
            passphrase=chosen,
            now=clock.now(),
        )
    except (pabulib.MalformedFile, UnsoundElection, Refusal, OSError) as refused:
        click.echo(f"{file}: {refused}", err=True)
        sys.exit(MALFORMED)
    click.echo(f"The round is at /runder/{budget_round.slug}, ready to be counted.")
    if passphrase is None:
        click.echo(f"The box opens with this passphrase, shown only now: {chosen}")


@jobs.command("run")
@click.option("--once", is_flag=True, help="Do what is waiting, then stop.")
def run_jobs(once: bool) -> None:  # noqa: FBT001 - a flag of the command line
    """Send mails, sign boards, read rolls and make codes as they come, until stopped."""
    if not once:
        count_warming.warm_apart()
    while True:
        turn = chores.take_turn()
        if once:
            sys.exit(1 if turn.failed else 0)
        if turn.failed or not turn.was_busy:
            chores.rest(SECONDS_BETWEEN_JOBS)


@demo.command("fill")
def fill_demo() -> None:
    """Make the demo's database if it is not there, and fill it once."""
    with _demo_app().app_context():
        upgrade()
        if filling.is_filled():
            click.echo("The demo is already filled; it is kept as it is.")
            return
        if filling.is_begun():
            click.echo("The demo was filled by halves. Start over with: make demo-reset", err=True)
            sys.exit(1)
        click.echo("Filling the demo; this takes a little while.")
        filling.fill(clock.now())


@demo.command("serve")
@click.option("--port", default=5000, show_default=True)
def serve_demo(port: int) -> None:
    """Serve the demo and say how to sign in."""
    free = serving.free_port(port)
    if free != port:
        click.echo(f"Port {port} is taken, so the demo uses {free}.")
    sys.exit(serving.serve(free, demo_settings.settings(free), when_open=_say_how_to_sign_in))


def _demo_app() -> Flask:
    from budgeting import create_app

    return create_app(demo_settings.settings())


def _say_how_to_sign_in(port: int) -> None:
    address = f"http://{serving.HOST}:{port}"
    click.echo(f"\nBorgerbudget runs at {address}\n")
    click.echo(f"Sign in as anyone with one click: {address}/demo")
    click.echo(f"or as staff at {address}/log-ind/medarbejder, password: {PASSWORD}\n")
    for title, email in filling.sign_ins():
        click.echo(f"  {title:<16} {email}")
    click.echo("\nCitizens' mail links and voters' codes are shown at /demo. Stop with Ctrl-C.\n")


def _create(email: str, name: str, roles: set[Role], password: str) -> None:
    try:
        account = accounts.create_staff(email, name, roles, password, now=clock.now())
    except Refusal as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{account.name} can sign in at {current_app.config['PUBLIC_ADDRESS']}.")


def _drawn_passphrase() -> str:
    return "-".join(secrets.token_hex(3) for _ in range(4))


COMMANDS = (
    create_admin,
    create_staff,
    import_pabulib,
    audit,
    ballot_box,
    board_key_group,
    jobs,
    demo,
)
