"""What the form library says by itself, said as the house says it."""

from flask_babel import gettext

from budgeting.vocabulary import N_

SAID_HERE = {
    "Not a valid choice.": N_("Vælg en af mulighederne."),
    "Not a valid choice": N_("Vælg en af mulighederne."),
    "Invalid Choice: could not coerce.": N_("Vælg en af mulighederne."),
    "'%(value)s' is not a valid choice for this field.": N_("Vælg blandt mulighederne."),
    "This field is required.": N_("Udfyld feltet."),
    "Invalid input.": N_("Det kan ikke læses. Skriv det igen."),
}


class HouseWords:
    """Stands in for the library's own catalogue, which has no Danish."""

    def gettext(self, text: str) -> str:
        """Return the house's sentence for the library's."""
        said = SAID_HERE.get(text)
        return gettext(said) if said else text

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the house's sentence, the same for one and for many."""
        said = SAID_HERE.get(singular)
        fallback = singular if count == 1 else plural
        return gettext(said) if said else fallback
