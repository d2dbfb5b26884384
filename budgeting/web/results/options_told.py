"""What the options of most votes first did to a project: excluded, capped, in part, or a reserve."""

from collections.abc import Iterator
from fractions import Fraction

from flask_babel import gettext

from budgeting.models import Project
from budgeting.services.results import PotResult
from budgeting.tally import Cap, Reason, Step
from budgeting.vocabulary import N_
from budgeting.web.results import wording

RESERVE, IN_PART, EXCLUDED, CAPPED = "reserve", "in_part", "excluded", "capped"
# What a step did, where it did neither what is usual nor nothing.
DONE = {
    RESERVE: N_("Får penge med hjælp fra reserven"),
    IN_PART: N_("Får en del"),
    EXCLUDED: N_("Udelukket af et andet projekt"),
    CAPPED: N_("Der var ikke plads under loftet"),
}


def excluded(result: PotResult, reason: Reason) -> Iterator[str]:
    """Say which project excluded this one, or which cap there was no room under."""
    if rivals := _rivals(result, reason):
        yield gettext(
            "Det kan ikke få penge sammen med %(rivals)s, som kom først.",
            rivals=wording.in_a_row(rivals),
        )
    elif caps := _full_caps(result, reason):
        for cap, spent in caps:
            yield _cap_told(result, reason, cap, spent)
    else:
        yield gettext("Spillereglerne giver ikke plads til det ved siden af dem, der kom først.")


def in_part(result: PotResult, reason: Reason) -> Iterator[str]:
    """Say how much of its cost a project got, and that this was agreed."""
    yield gettext(
        "Der var %(left)s tilbage. Dem får projektet, selv om det koster %(cost)s.",
        left=wording.money(result, reason.left_before or 0),
        cost=wording.money(result, reason.cost),
    )
    if least := _least(result, reason):
        yield gettext(
            "Det er aftalt, at det kan laves for ned til %(least)s.",
            least=wording.money(result, least),
        )


def too_little(result: PotResult, reason: Reason) -> Iterator[str]:
    """Say that the rest was less than what the project can do with; nothing where it accepts none."""
    least, left = _least(result, reason), reason.left_before or 0
    if least and left < least and _is_first_misfit(result, reason):
        yield gettext(
            "Det kan ikke laves for mindre end %(least)s, så resten var ikke nok.",
            least=wording.money(result, least),
        )


def from_reserve(result: PotResult, reason: Reason) -> str:
    """Say that the pot could almost pay, and what the reserve adds."""
    left = reason.left_before or 0
    return gettext(
        "Der var %(left)s tilbage, og projektet koster %(cost)s. Puljen kunne betale mindst "
        "%(percent)s procent, så de sidste %(more)s kommer fra reserven.",
        left=wording.money(result, left),
        cost=wording.money(result, reason.cost),
        percent=percent(result),
        more=wording.money(result, reason.cost - left),
    )


def step_sentence(result: PotResult, step: Step, words: dict[str, str]) -> str | None:
    """Tell a step that one of the options made; None where none did."""
    reason = result.outcome.reasons[step.project_id]
    if step.note not in DONE:
        return None
    if step.note == IN_PART:
        return gettext(
            "%(title)s fik %(support)s og koster %(cost)s. Der var kun %(before)s tilbage. Dem "
            "får projektet, for det er aftalt, at det kan nøjes med mindre.",
            **words,
        )
    told = (
        from_reserve(result, reason) if step.note == RESERVE else " ".join(excluded(result, reason))
    )
    return gettext("%(title)s fik %(support)s.", **words) + " " + told


def percent(result: PotResult) -> int:
    """Return how much of a cost the pot must be able to pay before the reserve helps."""
    return int(Fraction(result.outcome.settings.greedy.reserve_share or 0) * 100)


def _rivals(result: PotResult, reason: Reason) -> list[str]:
    groups = result.outcome.settings.greedy.exclusive_groups
    sharing = {one for group in groups if reason.project_id in group for one in group}
    return [result.project_by_ballot_id[one].title for one in _before(result, reason, sharing)]


def _full_caps(result: PotResult, reason: Reason) -> list[tuple[Cap, int]]:
    """Return the caps that there was no room under, with what was spent under each."""
    project = result.project_by_ballot_id[reason.project_id]
    found = []
    for cap in result.outcome.settings.greedy.caps:
        under = {one.ballot_id for one in result.projects if _is_under(one, cap)}
        spent = sum(result.outcome.reasons[one].cost for one in _before(result, reason, under))
        if _is_under(project, cap) and spent + reason.cost > cap.limit:
            found.append((cap, spent))
    return found


def _before(result: PotResult, reason: Reason, wanted: set[str]) -> list[str]:
    reasons = result.outcome.reasons
    return [
        one
        for one in result.outcome.winners
        if one in wanted and (reasons[one].step or 0) < (reason.step or 0)
    ]


def _is_under(project: Project, cap: Cap) -> bool:
    if cap.kind == "area":
        return cap.name == (project.area.name if project.area else "")
    return cap.name in (project.categories or ())


def _cap_told(result: PotResult, reason: Reason, cap: Cap, spent: int) -> str:
    words = {
        "name": cap.name,
        "limit": wording.money(result, cap.limit),
        "spent": wording.money(result, spent),
        "cost": wording.money(result, reason.cost),
    }
    if cap.kind == "area":
        return gettext(
            "Projekter i %(name)s får højst %(limit)s tilsammen. %(spent)s var givet ud, og "
            "projektet koster %(cost)s.",
            **words,
        )
    return gettext(
        "Projekter, der hører under „%(name)s“, får højst %(limit)s tilsammen. %(spent)s var givet "
        "ud, og projektet koster %(cost)s.",
        **words,
    )


def _least(result: PotResult, reason: Reason) -> int | None:
    return dict(result.outcome.settings.greedy.accepts_partly).get(reason.project_id)


def _is_first_misfit(result: PotResult, reason: Reason) -> bool:
    """Only the first project that does not fit may get the rest."""
    fell = (step for step in result.outcome.steps if step.note in ("passed_over", IN_PART, RESERVE))
    return next((step.project_id for step in fell), None) == reason.project_id
