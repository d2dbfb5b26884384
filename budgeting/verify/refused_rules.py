"""Reasons that have to do with the rules and with the ballot box's board."""

from budgeting.verify.refused import BundleRefused
from budgeting.vocabulary import N_


class FingerprintDiffers(BundleRefused):
    """The rules are not the ones whose fingerprint was published."""

    message = N_("Spillereglerne har fingeraftrykket %(found)s. Det skulle være %(wanted)s.")


class LotSeedDiffers(BundleRefused):
    """The seed is not the one that was committed to before the vote."""

    message = N_("Lodtrækningens tal er ikke det, der lå fast, før afstemningen begyndte.")


class ProjectTwice(BundleRefused):
    """A project stands twice on the ballot."""

    message = N_("Projektet %(project)s står to gange på stemmesedlen.")


class PotUnknown(BundleRefused):
    """A pot that the rulebook does not have."""

    message = N_("Puljen „%(pot)s“ står ikke i spillereglerne.")


class PotMissing(BundleRefused):
    """A pot that people voted about is left out."""

    message = N_("Puljen „%(pot)s“ har projekter, men er ikke talt med.")


class HeadMissing(BundleRefused):
    """A board that nobody has signed."""

    message = N_("Kommunen har ikke skrevet under på listen over kuverter i puljen „%(pot)s“.")


class HeadForged(BundleRefused):
    """A head's signature does not fit."""

    message = N_("Underskrift nr. %(number)s på listen i puljen „%(pot)s“ passer ikke.")


class HeadByAnotherKey(BundleRefused):
    """A head that is signed with another key than the bundle."""

    message = N_("Underskrift nr. %(number)s i puljen „%(pot)s“ er lavet med en anden nøgle.")


class HeadOfAnotherBoard(BundleRefused):
    """A head of another round or another pot."""

    message = N_("Underskrift nr. %(number)s i puljen „%(pot)s“ hører til en anden liste.")


class HeadsOutOfOrder(BundleRefused):
    """The board has become shorter, or time has gone backwards."""

    message = N_("Underskrift nr. %(number)s i puljen „%(pot)s“ kommer før den forrige.")


class BoardRewritten(BundleRefused):
    """What was signed earlier is not the beginning of the board."""

    message = N_(
        "Listen i puljen „%(pot)s“ er skrevet om: den passer ikke til underskrift nr. %(number)s."
    )


class GrowthUnproved(BundleRefused):
    """The published proof does not lead from one head to the next."""

    message = N_("Beviset ved underskrift nr. %(number)s i puljen „%(pot)s“ holder ikke.")


class BoardUnsigned(BundleRefused):
    """The last head does not speak of the whole board."""

    message = N_("Den sidste underskrift i puljen „%(pot)s“ dækker ikke hele listen.")


class BoardRootDiffers(BundleRefused):
    """The board's entries do not give its root."""

    message = N_("Listen over kuverter i puljen „%(pot)s“ passer ikke til sit eget fingeraftryk.")


class EntryTwice(BundleRefused):
    """The same envelope stands twice on the board."""

    message = N_("En kuvert står to gange på listen i puljen „%(pot)s“.")


class KeptHeadContradicted(BundleRefused):
    """A head that somebody kept does not fit the board."""

    message = N_(
        "En underskrift, du har gemt, passer ikke til listen i puljen „%(pot)s“. Listen er skrevet om."
    )
