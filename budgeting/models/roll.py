"""The voter roll: who may vote; never what, and no time of voting."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.base import Base
from budgeting.models.budget_round import Area


class Voter(Base):
    """A person on the roll of one round.

    ``code_file`` is the number of the file of codes that the voter's code stands in, so that
    a file that was lost can be made anew. ``pseudonym`` stands for an identifier that is not
    kept; ``roll_number`` is then a short number of the roll's own. ``addressee`` is what stands
    in the window of the envelope, kept until voting has closed.
    """

    __tablename__ = "voter"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), index=True)
    roll_number: Mapped[str] = mapped_column(String(80))
    pseudonym: Mapped[str | None] = mapped_column(String(64))
    birth_date: Mapped[date | None]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    addressee: Mapped[str | None] = mapped_column(String(400))
    code_locator: Mapped[str | None] = mapped_column(String(5))
    code_hash: Mapped[str | None] = mapped_column(String(200))
    code_file: Mapped[int | None]

    area: Mapped[Area | None] = relationship()

    __table_args__ = (
        UniqueConstraint("round_id", "roll_number"),
        UniqueConstraint("round_id", "pseudonym"),
        UniqueConstraint("code_locator"),
    )


class RollKey(Base):
    """The secret key of one round's pseudonyms, and whether its roll hides identifiers."""

    __tablename__ = "roll_key"

    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    hides_numbers: Mapped[bool] = mapped_column(default=False)
    last_number: Mapped[int] = mapped_column(default=0)


class StagedLine(Base):
    """A line of a roll that is about to be put in, as the roll itself will hold it, and no more.

    ``batch`` is one attempt of one job: what another attempt left behind is never mixed in.
    ``voter_id`` is whom it changes, none for somebody new. Nothing here is seen by anybody
    else, and it is gone when the roll has changed.
    """

    __tablename__ = "staged_line"

    job_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batch: Mapped[str] = mapped_column(String(32), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    voter_id: Mapped[int | None]
    roll_number: Mapped[str] = mapped_column(String(80))
    pseudonym: Mapped[str | None] = mapped_column(String(64))
    birth_date: Mapped[date | None]
    area_id: Mapped[int | None]
    addressee: Mapped[str | None] = mapped_column(String(400))

    # Read in the order of its key and in no other, so it needs no second order beside it.
    __table_args__ = ({"sqlite_with_rowid": False},)


class BoothPass(Base):
    """An open booth of a voter: the hash of what their cookie holds; nothing says since when."""

    __tablename__ = "booth_pass"

    pass_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    voter_id: Mapped[int] = mapped_column(ForeignKey("voter.id", ondelete="CASCADE"), index=True)
