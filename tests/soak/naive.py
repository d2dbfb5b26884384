"""The same race on a house that looks first and writes afterwards: it must be seen to fail.

No constraint and no turn: whether the voter is there is asked in one breath and written in the
next, as it is written when nobody has thought of two windows at once.
"""

import re
import time

import sqlalchemy
from sqlalchemy import Column, Integer, MetaData, String, Table, func, insert, select, update

# Between the look and the writing the ballot is sealed.
SEALING = 0.002
metadata = MetaData()
votes = Table(
    "naive_vote",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("voter", Integer),
    Column("way", String(10)),
)
ADDRESS = re.compile(r"/naive/(\d+)/(\w+)")


def load(settings):
    """The naive house as a WSGI app."""
    engine = sqlalchemy.create_engine(settings["DATABASE_URL"], pool_size=20)

    def app(environ, start_response):
        found = ADDRESS.fullmatch(environ["PATH_INFO"])
        if found:
            cast(engine, int(found[1]), found[2])
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "0")])
        return [b""]

    return app


def cast(engine, voter, way):
    with engine.connect() as connection:
        known = connection.scalar(select(votes.c.id).where(votes.c.voter == voter))
    time.sleep(SEALING)
    with engine.begin() as connection:
        if known is None:
            connection.execute(insert(votes).values(voter=voter, way=way))
        else:
            connection.execute(update(votes).where(votes.c.id == known).values(way=way))


def prepare(url):
    engine = sqlalchemy.create_engine(url)
    metadata.create_all(engine)
    engine.dispose()


def extra_votes(url):
    """How many more votes than voters it would count."""
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        kept, voters = connection.execute(
            select(func.count(), func.count(votes.c.voter.distinct()))
        ).one()
    engine.dispose()
    return kept - voters
