"""The municipality that runs the rounds: its name, colour and where to get help."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from budgeting.models.base import Base


class Municipality(Base):
    """A kommune: one on each installation."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    scheme_name: Mapped[str] = mapped_column(String(80), default="Borgerbudget")
    colour: Mapped[str] = mapped_column(String(7), default="#1c5c4f")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    help_places: Mapped[str] = mapped_column(Text, default="")
