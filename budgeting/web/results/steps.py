"""How the money was shared out, step by step: what was looked at, and what was left after it."""

from dataclasses import dataclass

from flask import request
from flask_babel import gettext, ngettext

from budgeting.services.results import PotResult
from budgeting.tally import Outcome, Step
from budgeting.vocabulary import Rule
from budgeting.web.results import options_told, transfers_told, wording


@dataclass(frozen=True)
class StepLine:
    """One step as it is shown: a sentence, and the numbers for the table."""

    number: int
    title: str
    sentence: str
    support: int
    cost_oere: int
    before_oere: int
    after_oere: int
    is_funded: bool
    done: str


def wanted(result: PotResult) -> int:
    """Return the step the reader asks for: ``?trin=3``, in the pot ``?pulje=`` where it says so."""
    if request.args.get("pulje", type=int) not in (None, result.pot.id):
        return 1
    return request.args.get("trin", default=1, type=int)


def lines_of(result: PotResult) -> list[StepLine]:
    """Return every step of the count."""
    return [_line(result, step) for step in result.outcome.steps]


def _line(result: PotResult, step: Step) -> StepLine:
    reason = result.outcome.reasons[step.project_id]
    return StepLine(
        number=step.number,
        title=result.project_by_ballot_id[step.project_id].title,
        sentence=wording.ended_once(_sentence(result, step)),
        support=wording.support_number(result, reason),
        cost_oere=step.cost,
        before_oere=step.left_before,
        after_oere=step.left_after,
        is_funded=step.is_funded,
        done=_done(step),
    )


def _done(step: Step) -> str:
    """Say in a few words what the step did."""
    if step.note in options_told.DONE:
        return gettext(options_told.DONE[step.note])
    return gettext("Får penge") if step.is_funded else gettext("Der var ikke penge nok tilbage")


def _sentence(result: PotResult, step: Step) -> str:
    reason = result.outcome.reasons[step.project_id]
    words = {
        "title": result.project_by_ballot_id[step.project_id].title,
        "support": wording.support(result, reason),
        "cost": wording.money(result, step.cost),
        "before": wording.money(result, step.left_before),
        "after": wording.money(result, step.left_after),
    }
    if not wording.is_greedy(result):
        return _of_another_rule(result, step, reason.votes, words)
    if (optional := options_told.step_sentence(result, step, words)) is not None:
        return optional
    if step.note == "not_reached" or (step.note == "passed_over" and _stops(result)):
        return _stopped(step, words)
    if not step.is_funded:
        return gettext(
            "%(title)s fik %(support)s og koster %(cost)s. "
            "Der var kun %(before)s tilbage, så vi gik videre til det næste.",
            **words,
        )
    return gettext(
        "%(title)s fik %(support)s og koster %(cost)s. Der var %(before)s, så det får penge. "
        "Nu er der %(after)s tilbage.",
        **words,
    )


def _stops(result: PotResult) -> bool:
    greedy = result.outcome.settings.greedy
    return greedy.no_skip or greedy.reserve_share is not None


def _stopped(step: Step, words: dict[str, str]) -> str:
    if step.note == "not_reached":
        return gettext("Vi var stoppet, før turen kom til %(title)s.", **words)
    return gettext(
        "Så kom turen til %(title)s. Det koster %(cost)s, og der var kun %(before)s tilbage. "
        "Derfor stoppede vi her.",
        **words,
    )


def _of_another_rule(result: PotResult, step: Step, votes: int, words: dict[str, str]) -> str:
    """Tell a step of a rule where voters pay together."""
    is_by_transfers = result.outcome.settings.rule is Rule.MINIMAL_TRANSFERS
    if is_by_transfers and step.note != "completion":
        return transfers_told.step_sentence(step, votes, words)
    if not step.is_funded:
        return _stopped(step, words)
    if step.note == "completion":
        return gettext(
            "%(title)s fik %(cost)s af de penge, der var til overs. "
            "Nu er der %(after)s tilbage i puljen.",
            **words,
        )
    if result.outcome.settings.rule is Rule.PHRAGMEN:
        return ngettext(
            "%(title)s: %(num)d vælger bar prisen på %(cost)s. Nu er der %(after)s tilbage i puljen.",
            "%(title)s: %(num)d vælgere bar prisen på %(cost)s sammen. "
            "Nu er der %(after)s tilbage i puljen.",
            votes,
            **words,
        )
    if step.note.startswith("depth_"):
        return ngettext(
            "%(title)s: De, der havde det øverst, betalte prisen på %(cost)s. "
            "Nu er der %(after)s tilbage i puljen.",
            "%(title)s: De, der havde det blandt deres %(num)d øverste, betalte prisen på "
            "%(cost)s. Nu er der %(after)s tilbage i puljen.",
            int(step.note.removeprefix("depth_")),
            **words,
        )
    return _shared(step, votes, words)


def _shared(step: Step, votes: int, words: dict[str, str]) -> str:
    shared = ngettext(
        "%(title)s: %(num)d vælger betalte prisen på %(cost)s. Nu er der %(after)s tilbage i puljen.",
        "%(title)s: %(num)d vælgere delte prisen på %(cost)s. Nu er der %(after)s tilbage i puljen.",
        votes,
        **words,
    )
    if not step.ran_out:
        return shared
    return f"{shared} " + ngettext(
        "%(num)d af dem har nu brugt hele sin andel.",
        "%(num)d af dem har nu brugt hele deres andel.",
        step.ran_out,
    )


def introduction(result: PotResult) -> list[str]:
    """Say in a few sentences how the rule went about it."""
    outcome = result.outcome
    if "greedy_preferred" in outcome.remarks:
        preferred = gettext(
            "Vi talte både med lige andele og med flest stemmer først. Flere vælgere fik mere af "
            "det, de stemte på, med flest stemmer først, så det gælder, som spillereglerne siger."
        )
        return [preferred, _greedy_introduction(result)]
    match outcome.settings.rule:
        case Rule.GREEDY:
            return [_greedy_introduction(result)]
        case Rule.PHRAGMEN:
            return [_phragmen_introduction()]
        case Rule.EXPANDING_APPROVALS:
            return [_expanding_introduction()]
        case Rule.MINIMAL_TRANSFERS:
            return [transfers_told.introduction()]
        case _:
            return _shares_told(result, outcome)


def _phragmen_introduction() -> str:
    return gettext(
        "De, der stemte på et projekt, bærer prisen sammen. Hver gang valgte vi det projekt, hvor "
        "hver af dem kom til at bære mindst. Vi stoppede, da der ikke var penge nok til det næste."
    )


def _expanding_introduction() -> str:
    return gettext(
        "Puljen blev delt lige mellem vælgerne. Først talte kun førstepladserne, så "
        "andenpladserne, og sådan videre. Et projekt fik penge, da de, der havde det højt nok, "
        "tilsammen kunne betale det."
    )


def _shares_told(result: PotResult, outcome: Outcome) -> list[str]:
    return [wording.ended_once(one) for one in _shares_introduction(result, outcome)]


def _greedy_introduction(result: PotResult) -> str:
    if _stops(result):
        return gettext(
            "Vi tog projekterne i rækkefølge, det med mest støtte først. "
            "Vi stoppede ved det første projekt, der ikke var penge nok til."
        )
    if wording.is_per_krone(result):
        return gettext(
            "Vi begyndte med det projekt, der havde mest støtte i forhold til sin pris. "
            "Er der ikke penge nok til et projekt, prøver vi det næste på listen."
        )
    if wording.counts_points(result) and not wording.spreads_votes(result):
        return gettext(
            "Vi begyndte med det projekt, der fik flest point. "
            "Er der ikke penge nok til et projekt, prøver vi det næste på listen."
        )
    return gettext(
        "Vi begyndte med det projekt, der fik flest stemmer. "
        "Er der ikke penge nok til et projekt, prøver vi det næste på listen."
    )


def _shares_introduction(result: PotResult, outcome: Outcome) -> list[str]:
    if not outcome.voters:
        return [gettext("Der var ingen stemmer at dele puljen mellem.")]
    told = [
        gettext(
            "Puljen blev delt lige mellem de %(voters)s vælgere, cirka %(share)s til hver. "
            "Et projekt får penge, når de, der stemte på det, tilsammen kan betale det.",
            voters=outcome.voters,
            share=wording.money(result, outcome.budget_limit // outcome.voters // 100 * 100),
        )
    ]
    if outcome.increments:
        raised = outcome.increments * (outcome.settings.increment or wording.KRONE_OERE)
        told.append(
            gettext(
                "Der var penge tilbage, så alle andele blev hævet lidt ad gangen, "
                "i alt %(raised)s til hver.",
                raised=wording.money(result, raised),
            )
        )
    told += _why_it_stopped(result, outcome)
    return told


def _why_it_stopped(result: PotResult, outcome: Outcome) -> list[str]:
    if not outcome.left:
        return []
    match outcome.stopped_by:
        case "over_budget":
            return [
                gettext(
                    "Der blev %(left)s til overs. Var andelene hævet én gang mere, "
                    "ville projekterne have kostet mere, end der er i puljen.",
                    left=wording.money(result, outcome.left),
                )
            ]
        case "all_funded":
            return [gettext("Så fik alle projekter, nogen havde stemt på, penge.")]
        case _:
            return []


def ties_told(result: PotResult) -> list[str]:
    """Say each tie that was met, and how the rules settled it."""
    return [
        gettext(
            "%(projects)s stod lige i trin %(step)s. %(rule)s Derfor kom %(chosen)s først.",
            projects=wording.in_a_row(result.titles_of(tie.project_ids)),
            step=tie.step,
            rule=wording.tie_rule(tie.link),
            chosen=result.project_by_ballot_id[tie.chosen].title,
        )
        for tie in result.outcome.ties
    ]
