"""Minimal transfers in words: whose money lay on a project, and what was moved for it."""

from collections.abc import Iterator

from flask_babel import gettext, ngettext

from budgeting.services.results import PotResult
from budgeting.tally import Reason, Step
from budgeting.web.results import wording


def introduction() -> str:
    """Say how the rule goes about it."""
    return gettext(
        "Puljen blev delt lige mellem vælgerne, og hver vælgers penge fulgte stemmerne. Et projekt "
        "fik penge, da der lå nok på det. Manglede der noget, flyttede vi så lidt som muligt fra de "
        "andre projekter, dets vælgere havde stemt på."
    )


def reason(result: PotResult, told: Reason) -> Iterator[str]:
    """Say why a project got money; nothing where it did not."""
    if not told.is_funded:
        return
    cost = wording.money(result, told.cost)
    match wording.note_of(result, told):
        case "transfer":
            yield gettext(
                "Der blev flyttet penge fra deres andre projekter, så prisen på %(cost)s kunne "
                "betales.",
                cost=cost,
            )
        case "completion":
            yield gettext(
                "Det fik de %(cost)s, det koster, af de penge, der var til overs.", cost=cost
            )
        case _:
            yield gettext("Deres penge på projektet rakte til prisen på %(cost)s.", cost=cost)


def step_sentence(step: Step, votes: int, words: dict[str, str]) -> str:
    """Tell one step."""
    if not step.is_funded:
        return gettext(
            "Så kom turen til %(title)s. Det koster %(cost)s, og der var kun %(before)s tilbage. "
            "Derfor gik vi videre til det næste.",
            **words,
        )
    if step.note == "transfer":
        return ngettext(
            "%(title)s: Der lå for lidt på det fra %(num)d vælger, så der blev flyttet penge fra "
            "andre projekter. Så kunne prisen på %(cost)s betales. Nu er der %(after)s tilbage i "
            "puljen.",
            "%(title)s: Der lå for lidt på det fra %(num)d vælgere, så der blev flyttet penge fra "
            "deres andre projekter. Så kunne prisen på %(cost)s betales. Nu er der %(after)s "
            "tilbage i puljen.",
            votes,
            **words,
        )
    return ngettext(
        "%(title)s: Pengene fra %(num)d vælger rakte til prisen på %(cost)s. Nu er der %(after)s "
        "tilbage i puljen.",
        "%(title)s: Pengene fra %(num)d vælgere rakte til prisen på %(cost)s. Nu er der %(after)s "
        "tilbage i puljen.",
        votes,
        **words,
    )
