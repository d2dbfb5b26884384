"""Reasons that have to do with numbers, ballots, the count and the council's decision."""

from budgeting.verify.refused import BundleRefused
from budgeting.vocabulary import N_


class BoardSizeDiffers(BundleRefused):
    """The numbers tell of another board."""

    message = N_("Puljen „%(pot)s“: %(found)s står på listen, men tallene siger %(said)s.")


class MoreEnvelopesThanOnBoard(BundleRefused):
    """Envelopes were opened that nobody saw put in."""

    message = N_("Puljen „%(pot)s“: %(found)s kuverter er åbnet, men kun %(most)s er lagt i urnen.")


class MoreEnvelopesThanVoters(BundleRefused):
    """Somebody has voted twice, or people who may not."""

    message = N_("Puljen „%(pot)s“: %(found)s kuverter er åbnet, men kun %(most)s måtte stemme.")


class EnvelopesDoNotAddUp(BundleRefused):
    """Envelopes went in that came out neither as valid nor as invalid."""

    message = N_(
        "Puljen „%(pot)s“: gyldige og ugyldige giver %(found)s, men %(said)s kuverter er åbnet."
    )


class BallotsDoNotAddUp(BundleRefused):
    """The file of ballots holds more or fewer than were counted."""

    message = N_("Puljen „%(pot)s“: der ligger %(found)s stemmesedler, men tallene siger %(said)s.")


class BallotFileUnreadable(BundleRefused):
    """The ballots are not written as Pabulib files are."""

    message = N_("Stemmesedlerne i puljen „%(pot)s“ kan ikke læses (linje %(line)s).")


class BallotTypeDiffers(BundleRefused):
    """Another kind of ballot than the rules say."""

    message = N_("Stemmesedlerne i puljen „%(pot)s“ er af en anden slags end i spillereglerne.")


class BallotsOfAnotherRound(BundleRefused):
    """The file of ballots names another rulebook."""

    message = N_("Stemmesedlerne i puljen „%(pot)s“ hører til andre spilleregler.")


class BudgetDiffers(BundleRefused):
    """The pot's sum or currency is not the rulebook's."""

    message = N_("Beløbet i puljen „%(pot)s“ er ikke det, spillereglerne siger.")


class ProjectsDiffer(BundleRefused):
    """The projects or their costs are not those on the ballots."""

    message = N_(
        "Projektet %(project)s i puljen „%(pot)s“ står ikke, som det gjorde på stemmesedlen."
    )


class BallotInvalid(BundleRefused):
    """A ballot that breaks the rules was counted."""

    message = N_("Stemmeseddel nr. %(number)s i puljen „%(pot)s“ er ugyldig: %(why)s")


class CannotCount(BundleRefused):
    """The rules do not lead to an outcome."""

    message = N_("Puljen „%(pot)s“ kan ikke tælles efter spillereglerne: %(why)s")


class RulesNamedWrongly(BundleRefused):
    """The file of ballots names other options than the rules have."""

    message = N_("Stemmesedlernes fil i puljen „%(pot)s“ nævner andre regler end spillereglerne.")


class OutcomeDiffers(BundleRefused):
    """Counting again gives something else."""

    message = N_(
        "Puljen „%(pot)s“: en ny optælling giver et andet resultat. Første forskel: %(where)s."
    )


class WinnersMarkedWrongly(BundleRefused):
    """The file of ballots marks other projects than the count chose."""

    message = N_("Stemmesedlernes fil i puljen „%(pot)s“ peger på andre vindere end optællingen.")


class DecisionIncomplete(BundleRefused):
    """The decision leaves projects out or names unknown ones."""

    message = N_("Byrådets beslutning nævner ikke hvert projekt præcis én gang.")


class RecommendationDiffers(BundleRefused):
    """The decision is said to rest on another recommendation."""

    message = N_(
        "Beslutningen siger noget andet om projektet %(project)s, end afstemningen gjorde."
    )


class GrantedDiffers(BundleRefused):
    """The decision tells of another part of the price than the count gave."""

    message = N_(
        "Beslutningen giver projektet %(project)s et andet beløb, end afstemningen gjorde."
    )


class DepartureWithoutReason(BundleRefused):
    """The council departs from the vote and does not say why."""

    message = N_("Byrådet fraviger afstemningen om projektet %(project)s uden en begrundelse.")


class DecisionOverBudget(BundleRefused):
    """More is adopted than there is money for."""

    message = N_("De vedtagne projekter i puljen „%(pot)s“ koster mere, end der er.")
