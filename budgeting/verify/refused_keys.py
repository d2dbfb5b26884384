"""Reasons that have to do with a change of the key that signs the board."""

from budgeting.verify.refused import BundleRefused
from budgeting.vocabulary import N_


class KeyChangeForged(BundleRefused):
    """The note is not signed by the new key it speaks of."""

    message = N_("Underskriften under skiftet af nøgle i puljen „%(pot)s“ passer ikke.")


class KeyChangeOfAnotherBoard(BundleRefused):
    """A note of another round or another pot."""

    message = N_("Skiftet af nøgle i puljen „%(pot)s“ hører til en anden liste.")


class KeyChangeTwice(BundleRefused):
    """Two notes for one head: the key went two ways."""

    message = N_("Der står to skift af nøgle efter underskrift nr. %(number)s i puljen „%(pot)s“.")


class KeyChangeBroken(BundleRefused):
    """The notes do not lead from key to key, up to the one that signed the bundle."""

    message = N_(
        "Skiftene af nøgle i puljen „%(pot)s“ fører ikke frem til den nøgle, filen er skrevet "
        "under med."
    )


class KeyChangeUnpinned(BundleRefused):
    """The note does not speak of the last head under the old key."""

    message = N_(
        "Skiftet af nøgle i puljen „%(pot)s“ peger ikke på den sidste underskrift med den gamle "
        "nøgle."
    )


class KeptHeadCutOff(BundleRefused):
    """Something that was signed with the old key is left out."""

    message = N_(
        "Du har gemt en underskrift med den gamle nøgle, som dækker flere kuverter end den, "
        "nøglen blev skiftet efter i puljen „%(pot)s“. Listen er skåret af."
    )
