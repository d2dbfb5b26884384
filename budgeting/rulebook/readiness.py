"""What is still missing before a round may open, each with the page where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from budgeting.rulebook import officers
from budgeting.vocabulary import N_, BallotType, Completion, Rule, Utility, WaysIn

TIMETABLE_ORDER = (
    "proposing_opens",
    "proposing_closes",
    "presenting_opens",
    "voting_opens",
    "voting_closes",
    "realising_ends",
)

RULES = {
    BallotType.APPROVAL: (Rule.GREEDY, Rule.EQUAL_SHARES, Rule.PHRAGMEN),
    BallotType.KNAPSACK: (Rule.GREEDY, Rule.EQUAL_SHARES, Rule.PHRAGMEN),
    BallotType.ORDINAL: (Rule.GREEDY, Rule.EQUAL_SHARES, Rule.EXPANDING_APPROVALS),
    BallotType.CUMULATIVE: (Rule.GREEDY, Rule.EQUAL_SHARES, Rule.MINIMAL_TRANSFERS),
    BallotType.SCORING: (Rule.GREEDY, Rule.EQUAL_SHARES),
}
UTILITIES = {
    BallotType.APPROVAL: (Utility.COST, Utility.CARDINALITY),
    BallotType.KNAPSACK: (Utility.COST, Utility.CARDINALITY),
    BallotType.ORDINAL: (Utility.BORDA_COST, Utility.BORDA, Utility.COST, Utility.CARDINALITY),
    BallotType.CUMULATIVE: (Utility.POINTS_COST, Utility.POINTS),
    BallotType.SCORING: (Utility.POINTS_COST, Utility.POINTS),
}
MAKE_ONE = N_("Nøglepersonen skal lave nøglen til stemmeurnen.")
MAKE_ALL = N_("Hver af de tre nøglepersoner skal lave en nøgle til stemmeurnen.")
TRY_ONE = N_("Nøglepersonen skal prøve nøglen på en prøvekuvert.")
TRY_ALL = N_("Hver nøgleperson skal prøve sin egen nøgle på en prøvekuvert.")
TRY_PAIRS = N_("Nøglepersonerne skal prøve to og to sammen. Alle tre par skal åbne en prøvekuvert.")

# Where people are put on the roll at the door, it may be empty when the round opens.
ROLL_NEEDED = frozenset({WaysIn.CODES, WaysIn.CODES_AND_OPENID})


class Part(StrEnum):
    """A part of the set-up, with a page of its own."""

    TEXTS = "texts"
    AREAS = "areas"
    POTS = "pots"
    VOTERS = "voters"
    WAYS_IN = "ways_in"
    BALLOT = "ballot"
    COUNT = "count"
    TIMETABLE = "timetable"
    ROLL = "roll"
    BALLOT_BOX = "ballot_box"
    OFFICER = "officer"
    FRAME = "frame"


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """What has been set up so far; None where nothing has been chosen."""

    has_texts: bool
    areas: int
    pots: int
    min_age: int | None
    ways_in: WaysIn = WaysIn.CODES
    ballot_type: BallotType | None
    min_choices: int | None
    max_choices: int | None
    rule: Rule | None
    utility: Utility | None
    completion: Completion | None
    ties: str
    timetable: dict[str, datetime | None]
    voters: int
    officers: int
    keys_made: int
    keys_tested: int
    pairs_tested: int
    frame_decision: str


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: the part it belongs to and what to do."""

    part: Part
    sentence: str


def missing_before_opening(made: Preparation, now: datetime) -> tuple[Missing, ...]:
    """Return everything that stands between the draft and an opened round."""
    return tuple(_missing(made, now))


def _missing(made: Preparation, now: datetime) -> Iterator[Missing]:
    for is_missing, missing in _plain_parts(made):
        if is_missing:
            yield missing
    yield from _missing_count(made)
    yield from _missing_timetable(made.timetable, now)
    yield from _missing_key(made)


def _plain_parts(made: Preparation) -> tuple[tuple[bool, Missing], ...]:
    return (
        (not made.has_texts, Missing(Part.TEXTS, N_("Skriv, hvad runden går ud på."))),
        (made.areas == 0, Missing(Part.AREAS, N_("Tilføj mindst ét lokalområde."))),
        (made.pots == 0, Missing(Part.POTS, N_("Tilføj mindst én pulje med et beløb."))),
        (
            made.min_age is None,
            Missing(Part.VOTERS, N_("Vælg, hvor gammel man skal være for at stemme.")),
        ),
        (not _has_ballot(made), Missing(Part.BALLOT, N_("Vælg stemmeseddel og antal valg."))),
        (
            made.voters == 0 and made.ways_in in ROLL_NEEDED,
            Missing(Part.ROLL, N_("Læg valglisten ind, så vælgerne får en kode.")),
        ),
        (
            not made.frame_decision,
            Missing(Part.FRAME, N_("Skriv, hvornår byrådet vedtog rammen.")),
        ),
    )


def _missing_key(made: Preparation) -> Iterator[Missing]:
    is_alone = made.officers == officers.ONE
    if made.keys_made < made.officers:
        yield Missing(Part.OFFICER, MAKE_ONE if is_alone else MAKE_ALL)
    elif made.keys_tested < made.officers:
        yield Missing(Part.OFFICER, TRY_ONE if is_alone else TRY_ALL)
    elif made.pairs_tested < len(officers.pairs(made.officers)):
        yield Missing(Part.OFFICER, TRY_PAIRS)


def _has_ballot(made: Preparation) -> bool:
    return None not in (made.ballot_type, made.min_choices, made.max_choices)


def _missing_count(made: Preparation) -> Iterator[Missing]:
    if made.rule is None or made.utility is None or not made.ties:
        yield Missing(
            Part.COUNT, N_("Vælg, hvordan stemmerne tælles, og hvad der gælder ved lighed.")
        )
    elif made.ballot_type and not fits(made.ballot_type, made.rule, made.utility):
        yield Missing(Part.COUNT, N_("Optællingen passer ikke til stemmesedlen. Vælg igen."))


def fits(ballot_type: BallotType, rule: Rule, utility: Utility) -> bool:
    """Whether a count can read the ballots of a type."""
    return rule in RULES.get(ballot_type, ()) and utility in UTILITIES.get(ballot_type, ())


def _missing_timetable(timetable: dict[str, datetime | None], now: datetime) -> Iterator[Missing]:
    moments = [timetable[name] for name in TIMETABLE_ORDER]
    known = [moment for moment in moments if moment is not None]
    if len(known) < len(moments):
        yield Missing(Part.TIMETABLE, N_("Sæt alle datoer i tidsplanen."))
        return
    if any(earlier >= later for earlier, later in pairwise(known)):
        yield Missing(Part.TIMETABLE, N_("Datoerne i tidsplanen skal komme efter hinanden."))
    if known[1] <= now:
        yield Missing(
            Part.TIMETABLE, N_("Fristen for forslag er allerede overskredet. Sæt den frem.")
        )
