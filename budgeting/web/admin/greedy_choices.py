"""What an administrator may add to most votes first, in plain words, and what was added."""

from flask_babel import gettext as _
from flask_babel import ngettext

from budgeting.models import BudgetRound, Cap
from budgeting.vocabulary import N_
from budgeting.web import formats

SKIP, STOP, RESERVE = "skip", "stop", "reserve"
USUAL_PERCENT = 80
MISFITS = {
    SKIP: N_("Spring det over, og prøv det næste (det almindelige)"),
    STOP: N_("Stop der. Resten af pengene bliver ikke givet ud"),
    RESERVE: N_("Stop der, men betal det fra en reserve, hvis puljen næsten kan"),
}


def misfit_of(made: BudgetRound) -> str:
    """Return what was chosen for the first project that there is not money enough for."""
    if made.reserve_percent:
        return RESERVE
    return STOP if made.no_skip else SKIP


def demands(made: BudgetRound) -> str:
    """Say what was added beside the votes; nothing where it is nothing."""
    return ". ".join([*_misfit(made), *_least(made), *_others(made)])


def cap(one: Cap, currency: str) -> str:
    """Say one cap in short."""
    return _(
        "Højst %(limit)s til %(name)s",
        limit=formats.kr(one.limit_oere, currency),
        name=one.name,
    )


def _misfit(made: BudgetRound) -> list[str]:
    told = []
    if made.reserve_percent:
        told.append(
            _(
                "Det første projekt, der ikke er penge nok til, får penge fra en reserve, hvis "
                "puljen kan betale mindst %(percent)s %%",
                percent=made.reserve_percent,
            )
        )
    elif made.no_skip:
        told.append(_("Vi stopper ved det første projekt, der ikke er penge nok til"))
    if made.in_part:
        told.append(_("Det første projekt, der ikke er penge nok til, kan få en del"))
    return told


def _least(made: BudgetRound) -> list[str]:
    told = []
    if made.least_votes:
        told.append(
            ngettext(
                "Et projekt skal have mindst %(num)d stemme",
                "Et projekt skal have mindst %(num)d stemmer",
                made.least_votes,
            )
        )
    if made.least_percent:
        told.append(
            _(
                "Mindst %(percent)s %% af vælgerne skal have stemt på et projekt",
                percent=made.least_percent,
            )
        )
    return told


def _others(made: BudgetRound) -> list[str]:
    told = [_("Projekter kan udelukke hinanden")] if made.has_groups else []
    return told + [cap(one, made.currency) for pot in made.pots for one in pot.caps]
