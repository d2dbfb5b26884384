"""What only the command line needs, loaded when it is asked for: a web worker does without it."""

from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup


def add_to(app: Flask, migrations: str) -> None:
    """Give the app its commands, and its migrations in this folder."""
    app.extensions["migrate"] = Migrations(app, migrations)
    app.cli = Commands(app.extensions["migrate"], app.name)


class Commands(AppGroup):
    """The operator's commands, and those of the migrations."""

    def __init__(self, migrations: "Migrations", name: str) -> None:
        """Remember whose migrations there are commands for."""
        super().__init__(name)
        self._migrations = migrations

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names."""
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command with this name."""
        self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        from budgeting import cli

        self._migrations.load()
        for command in cli.COMMANDS:
            self.add_command(command)


class Migrations:
    """Stands where Flask-Migrate looks for itself, until it is asked for anything."""

    def __init__(self, app: Flask, folder: str) -> None:
        """Remember whose migrations they are, and where."""
        self._app, self._folder = app, folder

    def __getattr__(self, name: str) -> Any:
        """Let Flask-Migrate answer."""
        self.load()
        return getattr(self._app.extensions["migrate"], name)

    def load(self) -> None:
        """Load Flask-Migrate, which takes this place and adds its commands."""
        from flask_migrate import Migrate

        from budgeting.extensions import db

        if self._app.extensions["migrate"] is self:
            Migrate(self._app, db, directory=self._folder)
