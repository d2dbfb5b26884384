"""Why a roll, or a line of it, cannot be taken in; no sentence repeats a number or a birth date."""

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_


class RollRefused(Refusal):
    """The file as a whole cannot be read."""

    field: str | None = "pasted"


class NoVoters(RollRefused):
    """A file without people."""

    message = N_("Der er ingen vælgere i listen. Skriv én vælger på hver linje under overskriften.")


class HeadingsMissing(RollRefused):
    """The first line is a person, who would be lost."""

    message = N_(
        "Første linje skal være overskrifter, for eksempel: nummer;fødselsdato;område. "
        "Sæt en linje med overskrifter ind øverst."
    )


class ColumnMissing(RollRefused):
    """Nothing was chosen that must be there."""

    field = "number"
    message = N_("Vælg, hvilken kolonne der er %(column)s.")


class ColumnTwice(RollRefused):
    """One column is used for two things."""

    field = None
    message = N_("Den samme kolonne er valgt to gange. Vælg hver kolonne højst én gang.")


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


class ImportIsOver(RollRefused):
    """The file was discarded, or has been put on the roll already."""

    message = N_("Filen er lagt ind eller slettet i mellemtiden. Begynd forfra med filen.")


class LineRefused(Refusal):
    """One line cannot be put on the roll."""


class NumberMissing(LineRefused):
    """No number."""

    message = N_("Nummeret mangler.")


class NumberTooLong(LineRefused):
    """A number that fits no letter."""

    message = N_("Nummeret er for langt eller har usynlige tegn. Højst %(most)s tegn.")


class CivilNumberAmongOthers(LineRefused):
    """A CPR number within other signs would be kept as it is."""

    message = N_("Der står et CPR-nummer sammen med andre tegn. Skriv nummeret alene.")


class CivilNumberInAddress(LineRefused):
    """CPR numbers are never stored, and least of all printed on an envelope."""

    message = N_("Navn eller adresse ligner et CPR-nummer. Se efter, om kolonnerne er rigtige.")


class AddressTooLong(LineRefused):
    """An address that fits no window."""

    message = N_("Navn eller adresse er for lang til kuvertens rude. Højst %(most)s tegn.")


class FormulaInCell(LineRefused):
    """What a formula comes to is not ours to reckon."""

    message = N_("Der står en formel. Kopiér kolonnen, og indsæt den igen som værdier.")


class ErrorInCell(LineRefused):
    """The spreadsheet itself could not reckon it."""

    message = N_("Regnearket melder fejl i en celle. Ret den, og gem filen igen.")


class WronglyEncoded(LineRefused):
    """The letters have been read in another encoding than they were written in."""

    message = N_("Tegnene er blevet til volapyk. Gem filen som CSV (UTF-8), og prøv igen.")


class MixedSeparators(LineRefused):
    """The line parts its cells with another sign than the heading does."""

    message = N_("Linjen er delt op med et andet tegn end overskriften.")


class HasVoted(LineRefused):
    """Whoever has voted about one area's pot may not vote about another's too."""

    message = N_("Vælgeren har afleveret en stemme, så fødselsdato og lokalområde kan ikke ændres.")


class NumberTwice(LineRefused):
    """The same number stands on an earlier line."""

    message = N_("Nummeret står også på linje %(first)s.")


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
