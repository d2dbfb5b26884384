"""A round: one run from frame to finished projects, with its areas and pots."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from budgeting.models.base import Base, Choice, UtcDateTime
from budgeting.models.municipality import Municipality
from budgeting.vocabulary import (
    BallotType,
    Comparison,
    Completion,
    PaperVotes,
    Publication,
    Rule,
    Stop,
    Utility,
    WaysIn,
)


class BudgetRound(Base):
    """What the municipality sets up, and which deeds have been done."""

    __tablename__ = "budget_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300), default="")
    introduction: Mapped[str] = mapped_column(Text, default="")
    currency: Mapped[str] = mapped_column(String(3), default="DKK")
    source: Mapped[str] = mapped_column(String(300), default="")

    min_age: Mapped[int | None]
    ways_in: Mapped[WaysIn] = mapped_column(Choice(WaysIn), default=WaysIn.CODES)
    paper_votes: Mapped[PaperVotes] = mapped_column(Choice(PaperVotes), default=PaperVotes.NONE)
    ballot_type: Mapped[BallotType | None] = mapped_column(Choice(BallotType))
    min_choices: Mapped[int | None]
    max_choices: Mapped[int | None]
    votes_each: Mapped[int] = mapped_column(default=0)
    most_per_project: Mapped[int] = mapped_column(default=0)
    lowest_points: Mapped[int] = mapped_column(default=0)
    highest_points: Mapped[int] = mapped_column(default=0)
    must_score_all: Mapped[bool] = mapped_column(default=False)
    rule: Mapped[Rule | None] = mapped_column(Choice(Rule))
    utility: Mapped[Utility | None] = mapped_column(Choice(Utility))
    completion: Mapped[Completion | None] = mapped_column(Choice(Completion))
    stop: Mapped[Stop | None] = mapped_column(Choice(Stop))
    ties: Mapped[str] = mapped_column(String(80), default="")
    comparison: Mapped[Comparison] = mapped_column(Choice(Comparison), default=Comparison.NONE)
    no_skip: Mapped[bool] = mapped_column(default=False)
    least_votes: Mapped[int] = mapped_column(default=0)
    least_percent: Mapped[int] = mapped_column(default=0)
    reserve_percent: Mapped[int] = mapped_column(default=0)
    in_part: Mapped[bool] = mapped_column(default=False)
    has_groups: Mapped[bool] = mapped_column(default=False)
    officers: Mapped[int] = mapped_column(default=1)
    keys_in_files: Mapped[bool] = mapped_column(default=False)
    objection_days: Mapped[int] = mapped_column(default=28)
    publication: Mapped[Publication] = mapped_column(Choice(Publication), default=Publication.FULL)

    proposing_opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposing_closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    presenting_opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voting_opens: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voting_closes: Mapped[datetime | None] = mapped_column(UtcDateTime)
    realising_ends: Mapped[datetime | None] = mapped_column(UtcDateTime)

    frame_decision: Mapped[str] = mapped_column(String(300), default="")
    lot_seed: Mapped[str] = mapped_column(String(64), default="")
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    screening_finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    destroyed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    files_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    files_clean_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    adopted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    adoption_reference: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    municipality: Mapped[Municipality] = relationship()
    areas: Mapped[list["Area"]] = relationship(
        order_by="Area.id", cascade="all, delete-orphan", back_populates="budget_round"
    )
    pots: Mapped[list["Pot"]] = relationship(
        order_by="Pot.id", cascade="all, delete-orphan", back_populates="budget_round"
    )

    __mapper_args__ = {"version_id_col": version}


class Area(Base):
    """A place where people live and projects lie."""

    __tablename__ = "area"
    __table_args__ = (UniqueConstraint("round_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    name: Mapped[str] = mapped_column(String(120))

    budget_round: Mapped[BudgetRound] = relationship(back_populates="areas")


class Pot(Base):
    """A sum for an area or for everyone, counted on its own."""

    __tablename__ = "pot"
    __table_args__ = (
        UniqueConstraint("round_id", "name"),
        CheckConstraint("budget_limit_oere > 0", name="has_money"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("budget_round.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str] = mapped_column(String(120))
    budget_limit_oere: Mapped[int] = mapped_column(BigInteger)

    budget_round: Mapped[BudgetRound] = relationship(back_populates="pots")
    area: Mapped[Area | None] = relationship()
    caps: Mapped[list["Cap"]] = relationship(
        order_by="Cap.id", cascade="all, delete-orphan", back_populates="pot"
    )


class Cap(Base):
    """At most so much of a pot for the projects of one area or of one category."""

    __tablename__ = "cap"
    __table_args__ = (
        UniqueConstraint("pot_id", "area_id"),
        UniqueConstraint("pot_id", "category"),
        CheckConstraint("limit_oere > 0", name="leaves_money"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pot_id: Mapped[int] = mapped_column(ForeignKey("pot.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    category: Mapped[str | None] = mapped_column(String(80))
    limit_oere: Mapped[int] = mapped_column(BigInteger)

    pot: Mapped[Pot] = relationship(back_populates="caps")
    area: Mapped[Area | None] = relationship()

    @property
    def name(self) -> str:
        """The area or the category."""
        return self.area.name if self.area else self.category or ""
