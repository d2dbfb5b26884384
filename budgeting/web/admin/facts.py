"""What has been set up in a round, part by part, as rows of (name, value)."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from budgeting.extensions import db
from budgeting.models import BudgetRound
from budgeting.rulebook.readiness import Part
from budgeting.rulebook.timetables import Moment
from budgeting.services import boxes, officer_keys, roll
from budgeting.vocabulary import Comparison, Completion, Rule
from budgeting.web import formats, key_progress
from budgeting.web.admin import greedy_choices, rule_choices

Rows = list[tuple[str, str]]


def of(part: Part, budget_round: BudgetRound) -> Rows:
    """Return what has been chosen in one part of the set-up."""
    return TELLERS[part](budget_round)


def _texts(budget_round: BudgetRound) -> Rows:
    return [
        (_("Navn"), budget_round.title),
        (_("Kort fortalt"), budget_round.summary),
        (_("Om runden"), budget_round.introduction),
    ]


def _areas(budget_round: BudgetRound) -> Rows:
    return [(_("Lokalområder"), ", ".join(area.name for area in budget_round.areas))]


def _pots(budget_round: BudgetRound) -> Rows:
    return [
        (
            pot.name,
            _(
                "%(sum)s til %(area)s",
                sum=formats.kr(pot.budget_limit_oere, budget_round.currency),
                area=pot.area.name if pot.area else _("alle"),
            ),
        )
        for pot in budget_round.pots
    ]


def _voters(budget_round: BudgetRound) -> Rows:
    return [(_("Hvem må stemme"), rule_choices.voters(budget_round.min_age))]


def _ways_in(budget_round: BudgetRound) -> Rows:
    return [(_("Vejen ind"), _(budget_round.ways_in.label))]


def _ballot(budget_round: BudgetRound) -> Rows:
    return [(_("Stemmeseddel"), rule_choices.ballot_of(budget_round))]


def _count(budget_round: BudgetRound) -> Rows:
    told = [(_("Sådan fordeles pengene"), rule_choices.rule(budget_round.rule))]
    if budget_round.rule in (Rule.GREEDY, Rule.EQUAL_SHARES):
        told.append(
            (_("Det tæller"), rule_choices.utility(budget_round.ballot_type, budget_round.utility))
        )
    if budget_round.rule is Rule.GREEDY and (demands := greedy_choices.demands(budget_round)):
        told.append((_("Desuden"), demands))
    if budget_round.rule is Rule.EQUAL_SHARES:
        told += _left_over(budget_round)
    return [*told, (_("Når projekter står lige"), rule_choices.ties(budget_round.ties))]


def _left_over(budget_round: BudgetRound) -> Rows:
    """Say what happens to money that equal shares leaves, and what the outcome is held against."""
    completion, told = budget_round.completion, []
    if completion:
        told.append((_("Penge til overs"), rule_choices.completion(completion)))
    if completion in (Completion.ADD1, Completion.ADD1_GREEDY) and budget_round.stop:
        told.append((_("Andelene hæves"), _(rule_choices.STOPS[budget_round.stop])))
    if budget_round.comparison is not Comparison.NONE:
        told.append(
            (_("Holdes op mod flest stemmer"), _(rule_choices.COMPARISONS[budget_round.comparison]))
        )
    return told


def _timetable(budget_round: BudgetRound) -> Rows:
    moments = [(moment, getattr(budget_round, moment.value)) for moment in Moment]
    return [(_(moment.label), formats.when(at) if at else "") for moment, at in moments]


def _frame(budget_round: BudgetRound) -> Rows:
    return [(_("Byrådets beslutning"), budget_round.frame_decision)]


def _roll(budget_round: BudgetRound) -> Rows:
    state = roll.state_of(budget_round)
    return [
        (_("På valglisten"), people(state.voters)),
        (_("Har fået en kode"), people(state.with_code)),
    ]


def _officer(budget_round: BudgetRound) -> Rows:
    rows = []
    for key in boxes.officer_keys(db.session(), budget_round):
        rows.append((_("Nøgleperson"), key.account.name))
        rows.append((_("Nøglens fingeraftryk"), officer_keys.fingerprint_of(key)))
        rows.append((_("Prøvet"), formats.when(key.tested_at) if key.tested_at else ""))
    for pair in key_progress.pairs(budget_round):
        both = _("%(first)s og %(second)s", first=pair.names[0], second=pair.names[1])
        rows.append((_("Prøvet sammen"), both if pair.is_tried else ""))
    return rows or [(_("Nøgleperson"), "")]


def _ballot_box(budget_round: BudgetRound) -> Rows:
    return [
        (_("Hvem kan åbne urnen"), rule_choices.officers(budget_round.officers)),
        (_("Nøglerne ligger"), rule_choices.keys_kept(in_files=budget_round.keys_in_files)),
        (_("Alle må læse"), rule_choices.publication(budget_round.publication)),
        (_("Kuverter og nøgler bliver gemt"), rule_choices.kept(budget_round.objection_days)),
    ]


def people(count: int) -> str:
    """Write a number of voters: ``1.213 vælgere``."""
    return ngettext("%(shown)s vælger", "%(shown)s vælgere", count, shown=formats.number(count))


TELLERS: dict[Part, Callable[[BudgetRound], Rows]] = {
    Part.TEXTS: _texts,
    Part.AREAS: _areas,
    Part.POTS: _pots,
    Part.VOTERS: _voters,
    Part.WAYS_IN: _ways_in,
    Part.BALLOT: _ballot,
    Part.COUNT: _count,
    Part.TIMETABLE: _timetable,
    Part.FRAME: _frame,
    Part.ROLL: _roll,
    Part.BALLOT_BOX: _ballot_box,
    Part.OFFICER: _officer,
}
