"""The least a web app can do for a vote: Flask, one form, one durable insert, and nothing else.

What the whole house is held against by tests/load/casting.py; it keeps no secret and refuses nobody.
"""

import os
import sqlite3
import threading

import psycopg
from flask import Flask, request

DATABASE = os.environ["BARE_DATABASE"]
TABLE = "create table if not exists vote (number {kind} primary key, choices text)"

app = Flask(__name__)
here = threading.local()


def connection():
    """One connection for each thread, opened at its first vote."""
    if not hasattr(here, "connection"):
        here.connection = to_postgresql() if DATABASE.startswith("postgresql") else to_sqlite()
    return here.connection


def to_sqlite():
    made = sqlite3.connect(DATABASE, isolation_level=None, timeout=30)
    made.execute("pragma journal_mode=wal")
    made.execute("pragma synchronous=full")
    made.execute(TABLE.format(kind="integer"))
    return made


def to_postgresql():
    return psycopg.connect(DATABASE, autocommit=True)


def mark():
    return "%s" if DATABASE.startswith("postgresql") else "?"


@app.post("/vote")
def vote():
    choices = ",".join(request.form.getlist("choices"))
    connection().execute(f"insert into vote (choices) values ({mark()})", (choices,))
    return "kept", 201
