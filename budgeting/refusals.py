"""What the house says when a deed is refused: a sentence and the field it belongs to."""

from typing import ClassVar

from budgeting.vocabulary import N_


class Refusal(Exception):
    """A rule was broken; the message says in Danish what to do instead.

    ``message`` is a translatable sentence with ``%(name)s`` places that are filled
    from the keywords; ``field`` names the form field it belongs to, if any.
    """

    message: ClassVar[str] = N_("Det kan ikke lade sig gøre.")
    field: str | None = None

    def __init__(self, *, field: str | None = None, **values: object) -> None:
        """Keep the values that fill the message's places."""
        super().__init__()
        self.values = values
        if field is not None:
            self.field = field

    def __str__(self) -> str:
        """Return the Danish sentence."""
        return self.message % self.values


class NotYourDeed(Refusal):
    """The person does not have the role the deed needs."""

    message = N_("Du har ikke adgang til det her. Log ind som den, der skal gøre det.")


class WrongPhase(Refusal):
    """The round is not in a phase where the deed may be done."""

    message = N_("Det kan ikke gøres nu. Runden er i fasen „%(phase)s“.")


class EditedMeanwhile(Refusal):
    """Somebody else saved the same thing after this page was opened."""

    message = N_(
        "En anden har ændret det samme, mens du skrev. Din tekst står stadig herunder. "
        "Se, hvad der står nu, og gem igen, hvis din skal gælde."
    )
