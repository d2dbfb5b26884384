"""The fields that know Danish: an amount in kroner, a moment on a Danish clock, a day."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from wtforms import Field, StringField
from wtforms.widgets import DateInput, DateTimeLocalInput, HiddenInput, TextInput

from budgeting.web import formats
from budgeting.web.forms import amounts, moments


class _TypedField(Field):
    """A field that keeps what was typed, so that a mistake can be mended and not retyped."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.written()

    def written(self) -> str:
        """Return the field's value as a person would type it."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; nothing typed is no value."""
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = self.read(typed) if typed else None

    def read(self, typed: str) -> object:
        """Return the value, or raise a ValueError in words that say what to do."""
        raise NotImplementedError


class AmountField(_TypedField):
    """An amount in kroner, kept as whole oere."""

    widget = TextInput()
    data: int | None

    def written(self) -> str:
        """Write the amount without its currency: ``125.000``."""
        return formats.amount(self.data or 0)

    def read(self, typed: str) -> int:
        """Read an amount, or say how to write one."""
        try:
            return amounts.read_oere(typed, english=formats.language() == "en")
        except amounts.BelowZero as error:
            raise ValueError(gettext("Skriv et beløb, der er større end nul.")) from error
        except amounts.TooLarge as error:
            raise ValueError(
                gettext("Skriv et beløb på højst 10 milliarder kroner. Er der et nul for meget?")
            ) from error
        except amounts.NotAnAmount as error:
            raise ValueError(gettext("Skriv et beløb i kroner, for eksempel 125.000.")) from error


class DanishDateTimeField(_TypedField):
    """A moment, shown and typed on a Danish clock and kept in UTC."""

    widget = DateTimeLocalInput()
    data: datetime | None

    def written(self) -> str:
        """Write the moment as the browser's own field wants it."""
        assert self.data is not None
        return formats.danish_time(self.data).strftime("%Y-%m-%dT%H:%M")

    def read(self, typed: str) -> datetime:
        """Read day and time, or say what is wrong with them."""
        try:
            return moments.read_moment(typed)
        except moments.SkippedHour as error:
            raise ValueError(
                gettext(
                    "Det klokkeslæt findes ikke: uret stilles frem den nat. "
                    "Vælg et tidspunkt før kl. 2 eller efter kl. 3."
                )
            ) from error
        except moments.DoubleHour as error:
            raise ValueError(
                gettext(
                    "Det klokkeslæt kommer to gange: uret stilles tilbage den nat. "
                    "Vælg et tidspunkt før kl. 2 eller efter kl. 3."
                )
            ) from error
        except moments.NoSuchDay as error:
            raise ValueError(
                gettext("Den dag eller det klokkeslæt findes ikke. Se efter i kalenderen.")
            ) from error
        except moments.NotAMoment as error:
            raise ValueError(
                gettext("Skriv dag og klokkeslæt, for eksempel 13-12-2026 23:59.")
            ) from error


class DanishDateField(_TypedField):
    """A day."""

    widget = DateInput()
    data: date | None

    def written(self) -> str:
        """Write the day as the browser's own field wants it."""
        assert self.data is not None
        return self.data.isoformat()

    def read(self, typed: str) -> date:
        """Read a day, or say how to write one."""
        try:
            return moments.read_day(typed)
        except moments.NoSuchDay as error:
            raise ValueError(gettext("Den dag findes ikke. Se efter i kalenderen.")) from error
        except moments.NotAMoment as error:
            raise ValueError(gettext("Skriv en dag, for eksempel 13-12-2026.")) from error


class CountField(_TypedField):
    """A whole number, such as an age or how many projects one may choose."""

    widget = TextInput()
    data: int | None

    def written(self) -> str:
        """Write the number."""
        return str(self.data)

    def read(self, typed: str) -> int:
        """Read a whole number, or say how to write one."""
        if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
            raise ValueError(gettext("Skriv et helt tal, for eksempel 3."))
        return int(typed)


class SeenVersionField(Field):
    """Hidden: which version of the thing the writer saw; None where it was tampered with."""

    widget = HiddenInput()
    data: int | None

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the version that the page carried."""
        typed = str(valuelist[0]) if valuelist else ""
        self.data = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


class TrimmedField(StringField):
    """A line of text without space around it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep the text, without the space around it."""
        super().process_formdata([str(value).strip() for value in valuelist])
