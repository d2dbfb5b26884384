"""The words of the house: every choice with the Danish label that people read."""

from enum import StrEnum


def N_(text: str) -> str:
    """Mark a Danish sentence for translation; it is translated where it is shown."""
    return text


class LabelledEnum(StrEnum):
    """A choice with the word people read, written as ``NAME = "code", N_("label")``."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "LabelledEnum":
        """Make a string member that also knows its Danish label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Phase(LabelledEnum):
    """Where a round is between frame and finished projects."""

    DRAFT = "draft", N_("Kladde")
    ANNOUNCED = "announced", N_("Kommer snart")
    PROPOSING = "proposing", N_("Foreslå")
    SCREENING = "screening", N_("Vurdering")
    PRESENTING = "presenting", N_("Præsentation")
    VOTING = "voting", N_("Stem")
    COUNTING = "counting", N_("Optælling")
    DECIDING = "deciding", N_("Byrådet beslutter")
    REALISING = "realising", N_("Projekterne bliver til")
    CLOSED = "closed", N_("Afsluttet")


class Role(LabelledEnum):
    """Who a person is towards the platform; one person may be several."""

    VISITOR = "visitor", N_("Gæst")
    CITIZEN = "citizen", N_("Borger")
    VOTER = "voter", N_("Vælger")
    CASEWORKER = "caseworker", N_("Sagsbehandler")
    ADMIN = "admin", N_("Administrator")
    OFFICER = "officer", N_("Nøgleperson")
    COUNCIL = "council", N_("Byrådsmedlem")


STAFF_ROLES = frozenset({Role.CASEWORKER, Role.ADMIN, Role.OFFICER, Role.COUNCIL})


class WaysIn(LabelledEnum):
    """How voters come into the booth; whoever is put on the roll at the door comes one way only."""

    CODES = "codes", N_("Med en kode i et brev")
    CODES_AND_OPENID = "codes-and-openid", N_("Med en kode i et brev eller med MitID")
    OPENID = "openid", N_("Med MitID")
    SELF_DECLARED = "self-declared", N_("Med et link på mail")


class PaperVotes(LabelledEnum):
    """Whether one may vote on paper, and which vote counts where somebody votes both ways."""

    NONE = "none", N_("Man kan ikke stemme på papir")
    REPLACES = (
        "replaces",
        N_("Man kan stemme på papir, og papiret gælder frem for stemmen på nettet"),
    )
    FIRST_STANDS = (
        "first-stands",
        N_("Man kan stemme på papir, og den stemme gælder, der kom først"),
    )


class BallotType(LabelledEnum):
    """How a voter says what they want."""

    APPROVAL = "approval", N_("Sæt kryds")
    KNAPSACK = "knapsack", N_("Fordel puljen")
    ORDINAL = "ordinal", N_("Prioritér")
    CUMULATIVE = "cumulative", N_("Fordel stemmer")
    SCORING = "scoring", N_("Giv point")


class Rule(LabelledEnum):
    """The counting rule: how ballots become funded projects."""

    GREEDY = "greedy", N_("Flest stemmer først")
    EQUAL_SHARES = "equal-shares", N_("Lige andele")
    PHRAGMEN = "phragmen", N_("Phragméns metode")
    EXPANDING_APPROVALS = "expanding-approvals", N_("Udvidet godkendelse")
    MINIMAL_TRANSFERS = "minimal-transfers", N_("Mindste overførsler")
    MAX_WELFARE = "max-welfare", N_("Størst samlet nytte")


class Utility(LabelledEnum):
    """What a project is worth to a voter, as the rule reads the ballot."""

    COST = "cost", N_("Projektets pris")
    CARDINALITY = "cardinality", N_("Antal projekter")
    POINTS = "points", N_("Point")
    POINTS_COST = "points-cost", N_("Point gange pris")
    BORDA = "borda", N_("Placering")
    BORDA_LENGTH = "borda-length", N_("Placering på egen liste")
    BORDA_COST = "borda-cost", N_("Placering gange pris")


class Completion(LabelledEnum):
    """What happens to money that equal shares leaves over."""

    NONE = "none", N_("Ingen")
    ADD1 = "add1", N_("Andelene hæves lidt ad gangen")
    ADD1_GREEDY = "add1-greedy", N_("Andelene hæves, derefter flest stemmer")
    GREEDY = "greedy", N_("Flest stemmer på resten")
    PHRAGMEN = "phragmen", N_("Phragméns metode på resten")


class Stop(LabelledEnum):
    """When raising the shares stops."""

    OVER_BUDGET = "over-budget", N_("Når puljen ville blive overskredet")
    EXHAUSTIVE = "exhaustive", N_("Når der ikke er plads til flere projekter")


class Comparison(LabelledEnum):
    """By what equal shares is held against most votes first, if it is."""

    NONE = "none", N_("Ikke holdt op mod en anden optælling")
    NUMBER = "number", N_("Antal projekter")
    COST = "cost", N_("Projekternes pris")


class ReasonKind(LabelledEnum):
    """Why a project got money, or why it did not."""

    FUNDED = "funded", N_("Får penge")
    FUNDED_IN_PART = "funded_in_part", N_("Får en del af pengene")
    DID_NOT_FIT = "did_not_fit", N_("Der var ikke penge nok tilbage")
    TOO_LITTLE_SUPPORT = "too_little_support", N_("Støtten rakte ikke")
    LOST_TIE = "lost_tie", N_("Stod lige og kom efter")
    DEARER_THAN_POT = "dearer_than_pot", N_("Dyrere end puljen")
    NO_SUPPORT = "no_support", N_("Ingen stemmer")
    EXCLUDED = "excluded", N_("Udelukket af spillereglerne")


class Publication(LabelledEnum):
    """How much of the ballots everyone may read once the result is published."""

    FULL = "full", N_("Alle stemmesedler uden navne")
    GROUPED = "grouped", N_("Ens stemmesedler talt sammen")
    TOTALS = "totals", N_("Kun tallene")


class ScreeningOutcome(LabelledEnum):
    """The municipality's answer to a proposal."""

    APPROVED = "approved", N_("Godkendt")
    REJECTED = "rejected", N_("Afvist")


class ProposalStatus(LabelledEnum):
    """What its author sees of a proposal."""

    SUBMITTED = "submitted", N_("Indsendt")
    WITHDRAWN = "withdrawn", N_("Trukket tilbage")
    AWAITING_ANSWER = "awaiting_answer", N_("Venter på kommunens svar")
    APPROVED = "approved", N_("Godkendt til afstemningen")
    REJECTED = "rejected", N_("Afvist")


class JobKind(LabelledEnum):
    """Work that takes longer than a page may."""

    ROLL_IMPORT = "roll_import", N_("Vælgere lægges på listen")
    CODE_LETTERS = "code_letters", N_("Koder til breve")
    BUNDLE = "bundle", N_("Resultatet pakkes i en fil")
    COUNT = "count", N_("Stemmerne tælles op")


class JobState(LabelledEnum):
    """How far such work is."""

    MAPPING = "mapping", N_("Vælg kolonner")
    READING = "reading", N_("Listen læses")
    CHECKED = "checked", N_("Klar til at blive lagt ind")
    WRITING = "writing", N_("Vælgerne lægges på listen")
    OPENING = "opening", N_("Urnen åbnes")
    WORKING = "working", N_("I gang")
    DONE = "done", N_("Færdig")
    REFUSED = "refused", N_("Afvist")
