"""What a check says when it fails: each reason has a name, a sentence and an exit code."""

from typing import ClassVar

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_

REFUSED = 1
NO_BUNDLE = 2


class BundleRefused(Refusal):
    """Something in the bundle does not hold."""

    exit_code: ClassVar[int] = REFUSED


class NotABundle(BundleRefused):
    """The file cannot be read as a bundle at all."""

    exit_code = NO_BUNDLE
    message = N_("Filen er ikke en fil med et resultat, eller den er gået i stykker på vejen.")


class FileNotFound(NotABundle):
    """There is no such file, or it may not be read."""

    message = N_("Filen %(file)s kan ikke åbnes.")


class BundleTooLarge(NotABundle):
    """More than a bundle can be; it is not unpacked."""

    message = N_("Filen fylder mere, end et resultat kan. Den er ikke pakket ud.")


class UnknownFormat(NotABundle):
    """A bundle of another make than this program knows."""

    message = N_("Filen er af en slags, som dette program ikke kender: %(found)s.")


class CheckStopped(BundleRefused):
    """The bundle holds values so odd that a check cannot be carried through."""

    message = N_("Indholdet er så mærkeligt, at det ikke kan kontrolleres.")


class FileUnreadable(BundleRefused):
    """A file in the bundle is not what it should be."""

    message = N_("%(file)s kan ikke læses: den er ikke skrevet, som den skal være.")


class FileTwice(BundleRefused):
    """Two files have one name, so that one could be shown and the other counted."""

    message = N_("%(file)s ligger to gange i filen.")


class FileMissing(BundleRefused):
    """A file that should be there is not."""

    message = N_("%(file)s mangler.")


class FileUnlisted(BundleRefused):
    """A file that nobody has signed for."""

    message = N_("%(file)s står ikke på fortegnelsen.")


class FileChanged(BundleRefused):
    """A file is not the one that the manifest lists."""

    message = N_("%(file)s er ændret: den passer ikke til fortegnelsen.")


class ManifestForged(BundleRefused):
    """The signature does not fit the manifest."""

    message = N_("Underskriften under fortegnelsen passer ikke. Noget er ændret.")


class WrongKey(BundleRefused):
    """Signed, but not by the key that was asked for."""

    message = N_("Filen er skrevet under med nøglen %(found)s, ikke med den, du gav.")
