"""Why a roll, or a line of it, cannot be taken in; no sentence repeats a number or a birth date."""

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_


class RollRefused(Refusal):
    """The file as a whole cannot be read."""

    field = "pasted"


class NoVoters(RollRefused):
    """A file without people."""

    message = N_("Der er ingen vælgere i listen. Skriv én vælger på hver linje under overskriften.")


class ColumnMissing(RollRefused):
    """The header does not name a column."""

    message = N_("Kolonnen „%(column)s“ mangler. Første linje skal være: nummer;fødselsdato;område")


class ColumnTwice(RollRefused):
    """The header names a column twice."""

    message = N_("Kolonnen „%(column)s“ står to gange i første linje. Behold den ene.")


class Unreadable(RollRefused):
    """The table breaks off, as where a quotation mark is never closed."""

    message = N_("Linje %(line)s kan ikke læses. Se efter et anførselstegn for meget.")


class LinesRefused(RollRefused):
    """Nothing is imported by halves."""

    message = N_(
        "Intet er lagt ind, for %(count)s af linjerne kan ikke bruges. Ret dem, og prøv igen."
    )


class RollIsBusy(RollRefused):
    """Another import put the same numbers on the roll in the same moment."""

    message = N_("En anden lægger vælgere ind lige nu. Intet blev lagt ind. Prøv igen.")


class LineRefused(Refusal):
    """One line cannot be put on the roll."""


class NumberMissing(LineRefused):
    """No number."""

    message = N_("Nummeret mangler.")


class NumberTooLong(LineRefused):
    """A number that fits no letter."""

    message = N_("Nummeret er for langt eller har usynlige tegn. Højst %(most)s tegn.")


class CivilNumber(LineRefused):
    """CPR numbers are never stored."""

    message = N_("Nummeret ligner et CPR-nummer. Brug et løbenummer i stedet.")


class NumberTwice(LineRefused):
    """The same number stands on an earlier line."""

    message = N_("Nummeret står også på linje %(first)s.")


class AlreadyOnRoll(LineRefused):
    """The number was imported before."""

    message = N_("Nummeret står allerede på valglisten.")


class NotADay(LineRefused):
    """The birth date cannot be read."""

    message = N_("Fødselsdatoen kan ikke læses. Skriv den som 31-12-1990.")


class BornInTheFuture(LineRefused):
    """Nobody is born yet on that day."""

    message = N_("Fødselsdatoen ligger ude i fremtiden.")


class BornTooLongAgo(LineRefused):
    """More likely a slip of the finger."""

    message = N_("Fødselsdatoen ligger mere end %(years)s år tilbage.")


class UnknownArea(LineRefused):
    """The round has no such area."""

    message = N_("Lokalområdet „%(area)s“ findes ikke i runden.")


class TooManyCells(LineRefused):
    """A stray delimiter has split a cell."""

    message = N_("Linjen har %(cells)s felter, men overskriften har %(columns)s.")
