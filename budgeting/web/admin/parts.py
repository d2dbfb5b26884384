"""What the pages of *Klargør runden* share: who saves, what they saw, and the way back."""

from dataclasses import dataclass
from typing import Any, cast

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from budgeting.models import Account
from budgeting.refusals import EditedMeanwhile, Refusal
from budgeting.rulebook.readiness import Part
from budgeting.vocabulary import N_
from budgeting.web.admin import facts
from budgeting.web.forms import Form, SeenVersionField, hang

ROUND = "/runder/<round_slug>"
ADMIN, OFFICER = N_("Det gør en administrator:"), N_("Det gør nøglepersonen:")


@dataclass(frozen=True)
class PartPage:
    """A part of the set-up as its page presents it."""

    title: str
    endpoint: str
    who: str = ADMIN


PAGES = {
    Part.TEXTS: PartPage(N_("Tekster"), "admin.rounds_texts"),
    Part.AREAS: PartPage(N_("Lokalområder"), "admin.rounds_areas"),
    Part.POTS: PartPage(N_("Puljer"), "admin.rounds_pots"),
    Part.VOTERS: PartPage(N_("Hvem må stemme"), "admin.rounds_voters"),
    Part.WAYS_IN: PartPage(N_("Vejen ind"), "admin.rounds_ways"),
    Part.BALLOT: PartPage(N_("Stemmeseddel"), "admin.rounds_ballot"),
    Part.COUNT: PartPage(N_("Optælling"), "admin.rounds_count"),
    Part.TIMETABLE: PartPage(N_("Tidsplan"), "admin.rounds_timetable"),
    Part.ROLL: PartPage(N_("Valgliste"), "admin.roll_index"),
    Part.BALLOT_BOX: PartPage(N_("Stemmeurnen"), "admin.rounds_box"),
    Part.OFFICER: PartPage(N_("Nøglen til stemmeurnen"), "admin.rounds_officer", OFFICER),
    Part.FRAME: PartPage(N_("Byrådets ramme"), "admin.rounds_frame"),
}


class PartForm(Form):
    """A form of one part; it knows which version of the round its writer saw."""

    version = SeenVersionField()


def me() -> Account:
    """Return whoever is signed in; the guard has seen to it that somebody is."""
    return cast(Account, current_user._get_current_object())


def said(form: PartForm) -> dict[str, Any]:
    """Return what every deed of setting up is told."""
    return {
        "by": me(),
        "budget_round": g.budget_round,
        "seen_version": form.version.data or 0,
        "now": g.now,
    }


class hanging:  # noqa: N801 - reads as a verb where it is used: with hanging(form)
    """Hang a refusal on the form; where somebody came first, show what stands there now."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Take in refusals and nothing else."""
        if not isinstance(error, Refusal):
            return False
        hang(error, self.form)
        if isinstance(error, EditedMeanwhile):
            g.was_edited = True
            if isinstance(self.form, PartForm):
                self.form.version.data = g.budget_round.version
        return True


def saved(part: Part) -> ResponseReturnValue:
    """Go back to the list of tasks and say what was saved."""
    flash(_("Gemt: %(part)s.", part=_(PAGES[part].title)), "success")
    return redirect(url_for("admin.rounds_prepare", round_slug=g.budget_round.slug))


def page(part: Part, template: str, form: Form, **names: Any) -> ResponseReturnValue:
    """Render the page of a part, with what stands there now if somebody came first."""
    stands_now = facts.of(part, g.budget_round) if g.get("was_edited") else None
    title = _(PAGES[part].title)
    shown = render_template(template, form=form, title=title, stands_now=stands_now, **names)
    return shown, form.status
