"""The rules an administrator may choose between, each in plain words, and what was chosen."""

from flask_babel import gettext, ngettext

from budgeting.models import BudgetRound
from budgeting.services import freezing
from budgeting.vocabulary import (
    N_,
    BallotType,
    Comparison,
    Completion,
    Publication,
    Rule,
    Stop,
    Utility,
)
from budgeting.web import ballot_words

RULES = {
    Rule.GREEDY: N_("Flest stemmer først: projekterne får penge i rækkefølge, til puljen er brugt"),
    Rule.EQUAL_SHARES: N_("Lige andele: hver vælger har en lige stor del af puljen at give videre"),
    Rule.PHRAGMEN: N_(
        "Phragméns metode: de, der stemte på et projekt, bærer prisen sammen, og ingen skal bære "
        "meget mere end andre"
    ),
    Rule.EXPANDING_APPROVALS: N_(
        "Udvidet godkendelse: først tæller førstepladserne, så andenpladserne, til nok er gået "
        "sammen om et projekt"
    ),
    Rule.MINIMAL_TRANSFERS: N_(
        "Mindste overførsler: hver vælgers del af puljen følger stemmerne, og så lidt som muligt "
        "bliver flyttet, for at et projekt kan betales"
    ),
}
MOST_VOTES = N_("Stemmer: flest stemmer kommer først")
MOST_VOTES_FOR_THE_MONEY = N_("Stemmer pr. krone: billige projekter kommer lettere med")
MOST_POINTS_FOR_THE_MONEY = N_("Point pr. krone: billige projekter kommer lettere med")
UTILITIES = {
    (BallotType.APPROVAL, Utility.COST): MOST_VOTES,
    (BallotType.APPROVAL, Utility.CARDINALITY): MOST_VOTES_FOR_THE_MONEY,
    (BallotType.KNAPSACK, Utility.COST): MOST_VOTES,
    (BallotType.KNAPSACK, Utility.CARDINALITY): MOST_VOTES_FOR_THE_MONEY,
    (BallotType.CUMULATIVE, Utility.POINTS_COST): MOST_VOTES,
    (BallotType.CUMULATIVE, Utility.POINTS): MOST_VOTES_FOR_THE_MONEY,
    (BallotType.SCORING, Utility.POINTS_COST): N_("Point: flest point kommer først"),
    (BallotType.SCORING, Utility.POINTS): MOST_POINTS_FOR_THE_MONEY,
    (BallotType.ORDINAL, Utility.BORDA_COST): N_(
        "Point: jo højere på listen, jo flere point, og flest point kommer først"
    ),
    (BallotType.ORDINAL, Utility.BORDA): MOST_POINTS_FOR_THE_MONEY,
    (BallotType.ORDINAL, Utility.COST): N_(
        "Stemmer: alle på listen tæller lige meget, flest stemmer kommer først"
    ),
    (BallotType.ORDINAL, Utility.CARDINALITY): N_(
        "Stemmer pr. krone: alle på listen tæller lige meget, billige kommer lettere med"
    ),
}
STOPS = {
    Stop.OVER_BUDGET: N_("Hæv andelene, indtil puljen ville blive overskredet (det almindelige)"),
    Stop.EXHAUSTIVE: N_("Stop også, når der ikke er plads til flere projekter"),
}
COMPLETIONS = {
    Completion.ADD1: N_(
        "Hæv alles andele lidt ad gangen, så flere projekter kan betales (det almindelige)"
    ),
    Completion.ADD1_GREEDY: N_(
        "Hæv andelene, og giv så resten til de projekter med flest stemmer, der er plads til"
    ),
    Completion.GREEDY: N_("Giv resten til de projekter med flest stemmer, der er plads til"),
    Completion.PHRAGMEN: N_(
        "Giv resten efter Phragméns metode, hvor de, der har penge tilbage, kommer lettere til"
    ),
    Completion.NONE: N_("Giv dem ikke ud. Byrådet bestemmer, hvad der sker med dem"),
}
COMPARISONS = {
    Comparison.NONE: N_("Nej, lige andele gælder (det almindelige)"),
    Comparison.NUMBER: N_(
        "Ja, og hver vælger foretrækker det, hvor flest af deres projekter får penge"
    ),
    Comparison.COST: N_("Ja, og hver vælger foretrækker det, hvor deres projekter får flest penge"),
}
TIES = {
    "cost,votes,id": N_(
        "Det billigste kommer først. Koster de det samme: det med flest stemmer. Er alt lige: projektnummeret"
    ),
    "votes,cost,id": N_(
        "Det med flest stemmer kommer først. Er det også lige: det billigste. Er alt lige: projektnummeret"
    ),
    "cost,votes,lot": N_(
        "Det billigste kommer først, så det med flest stemmer. Er alt lige: lodtrækning"
    ),
    "votes,cost,lot": N_(
        "Det med flest stemmer kommer først, så det billigste. Er alt lige: lodtrækning"
    ),
    "lot": N_("Lodtrækning. Loddet bliver trukket og låst, før nogen stemmer"),
}


def ballot_of(budget_round: BudgetRound) -> str:
    """Say what a voter does in this round; nothing where it has not been chosen."""
    rule = freezing.find_ballot_rule(budget_round)
    return ballot_words.briefly(rule) if rule else ""


def utility(ballot_type: BallotType | None, chosen: Utility | None) -> str:
    """Say what the count orders projects by."""
    words = UTILITIES.get((ballot_type, chosen)) if ballot_type and chosen else None
    return gettext(words) if words else gettext(chosen.label) if chosen else ""


def rule(chosen: Rule | None) -> str:
    """Say how money is given out."""
    return gettext(RULES.get(chosen, chosen.label)) if chosen else ""


def completion(chosen: Completion) -> str:
    """Say what happens to money that equal shares leaves over."""
    return gettext(COMPLETIONS[chosen])


def ties(chain: str) -> str:
    """Say what decides where projects stand alike."""
    return gettext(TIES[chain]) if chain in TIES else chain.replace(",", ", ")


def voters(min_age: int | None) -> str:
    """Say who may vote: ``Alle på valglisten, der er fyldt 13 år``."""
    if min_age is None:
        return ""
    return gettext("Alle på valglisten, der er fyldt %(age)s år på sidste stemmedag", age=min_age)


def officers(number: int) -> str:
    """Say who can open the ballot box."""
    if number == 1:
        return gettext("Én nøgleperson alene")
    return gettext("Tre nøglepersoner, hvoraf to skal være sammen")


PUBLICATIONS = {
    Publication.FULL: N_("Alle stemmesedler uden navne, så enhver kan tælle efter"),
    Publication.GROUPED: N_("Ens stemmesedler talt sammen, og de sjældne lagt i én bunke"),
    Publication.TOTALS: N_("Kun resultatet og tallene, ingen stemmesedler"),
}


def publication(level: Publication) -> str:
    """Say how much of the ballots everyone may read."""
    return gettext(PUBLICATIONS[level])


def keys_kept(*, in_files: bool) -> str:
    """Say where the locked keys are."""
    return gettext("i filer hos nøglepersonerne") if in_files else gettext("låst på platformen")


def kept(days: int) -> str:
    """Say how long envelopes and keys are kept."""
    return ngettext(
        "%(num)d dag efter offentliggørelsen", "%(num)d dage efter offentliggørelsen", days
    )
