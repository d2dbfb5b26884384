"""The rules of a round as a citizen reads them: who votes, on what, the count, the ties.

What is said follows from the frozen rulebook alone, so the words cannot drift from it.
"""

from dataclasses import dataclass

from flask_babel import gettext as _

from budgeting.rulebook.rules import BallotRule, Rulebook
from budgeting.vocabulary import N_, WaysIn
from budgeting.web import ballot_words, counting_words, formats
from budgeting.web.other_rule_words import CountingWords

TIE_WORDS = {
    "cost": N_("Det billigste projekt kommer først."),
    "votes": N_("Det projekt, som flest vælgere har stemt på, kommer først."),
    "lot": N_("Vi trækker lod. Lodtrækningen er lagt fast, før den første stemme bliver afgivet."),
    "id": N_("Projektnumrene afgør det."),
}


@dataclass(frozen=True)
class PlainRules:
    """The rules of one round, ready to be read."""

    who: list[str]
    ballot: list[str]
    counting: CountingWords
    ties: list[str]


WAY_WORDS = {
    WaysIn.CODES: N_("Du behøver ikke MitID. Du får et brev med en kode."),
    WaysIn.CODES_AND_OPENID: N_("Du får et brev med en kode. Du kan også bruge MitID."),
    WaysIn.OPENID: N_("Du stemmer med MitID."),
    WaysIn.SELF_DECLARED: N_("Du behøver ikke MitID. Du får et link på mail."),
}


def plain_rules(rulebook: Rulebook, projects: int) -> PlainRules:
    """Return the rules in words; ``projects`` is how many stand on the longest ballot, or 0."""
    return PlainRules(
        who=_who(rulebook),
        ballot=_ballot(rulebook.ballot, projects),
        counting=counting_words.of(rulebook, projects),
        ties=[_(TIE_WORDS[link]) for link in rulebook.tally.ties if link in TIE_WORDS],
    )


def _who(rulebook: Rulebook) -> list[str]:
    return [
        _age_and_place(rulebook),
        *_by_which_day(rulebook.min_age),
        *_which_pot(rulebook),
        _("Alle stemmer tæller lige meget, uanset hvor gammel du er."),
        _(WAY_WORDS[rulebook.ways_in]),
    ]


def _age_and_place(rulebook: Rulebook) -> str:
    age = rulebook.min_age
    if any(pot.area is None for pot in rulebook.pots):
        if age:
            return _("Alle fra %(age)s år, der bor i kommunen, kan stemme.", age=age)
        return _("Alle, der bor i kommunen, kan stemme.")
    areas = _either([pot.area for pot in rulebook.pots if pot.area])
    if age:
        return _(
            "Du kan stemme, hvis du er fyldt %(age)s år og bor i %(areas)s.", age=age, areas=areas
        )
    return _("Du kan stemme, hvis du bor i %(areas)s.", areas=areas)


def _either(names: list[str]) -> str:
    """Write names with an ``or`` before the last, in a Danish reader's order."""
    ordered = sorted(set(names), key=formats.danish_key)
    if len(ordered) < 2:
        return "".join(ordered)
    return _("%(first)s eller %(last)s", first=", ".join(ordered[:-1]), last=ordered[-1])


def _by_which_day(age: int) -> list[str]:
    if not age:
        return []
    return [
        _("Du skal være fyldt %(age)s år senest den dag, afstemningen slutter.", age=age),
    ]


def _which_pot(rulebook: Rulebook) -> list[str]:
    local = [pot for pot in rulebook.pots if pot.area is not None]
    if len(rulebook.pots) < 2 or not local:
        return []
    if len(local) == len(rulebook.pots):
        return [_("Du stemmer om puljen for det område, hvor du bor.")]
    return [_("Du stemmer om puljen for dit område og om det, der er fælles for alle.")]


def _ballot(rule: BallotRule, projects: int) -> list[str]:
    return [
        *ballot_words.sentences(rule, projects),
        _(
            "Du kan ændre din stemme, indtil afstemningen slutter. Den sidste, du afleverer, "
            "tæller."
        ),
    ]
