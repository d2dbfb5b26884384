"""The voter roll: how far it is, adding people to it, and starting it over while it is a draft."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, TextAreaField

from budgeting.reports import cells
from budgeting.rulebook.deeds import Deed
from budgeting.services import roll, roll_text
from budgeting.services.roll_reading import RollReading
from budgeting.web import access, downloads
from budgeting.web.admin import bp, facts, parts
from budgeting.web.admin.parts import ROUND
from budgeting.web.admin.roll_codes import OneVoterForm
from budgeting.web.forms import Form, in_words

MOST_SHOWN = 200


class RollForm(Form):
    """A file, or the same lines pasted."""

    file = FileField(_l("Vælg en fil"))
    pasted = TextAreaField(_l("Linjer fra regnearket"))

    def text(self) -> str:
        """The lines, from the file where there is one."""
        content = self.file.data.read() if self.file.data else b""
        return roll_text.read(content) if content else self.pasted.data or ""


class SoundRollForm(Form):
    """The lines that were looked through, on their way onto the roll."""

    text = HiddenField()


class EmptyRollForm(Form):
    """Only a button."""


@bp.get(f"{ROUND}/valgliste")
@access.open_to(Deed.SEE_ADMIN)
def roll_index(round_slug: str) -> ResponseReturnValue:
    return render_template(
        "admin/roll/index.html",
        state=roll.state_of(g.budget_round),
        by_area=roll.voters_by_area(g.budget_round),
        form=OneVoterForm(),
    )


@bp.route(f"{ROUND}/valgliste/laeg-ind", methods=["GET", "POST"])
@access.open_to(Deed.KEEP_ROLL)
def roll_import(round_slug: str) -> ResponseReturnValue:
    form = RollForm()
    if form.validate_on_submit():
        with parts.hanging(form):
            text = form.text()
            form.pasted.data, form.pasted.raw_data = text, None
            reading = roll.preview(g.budget_round, text, g.now)
            return _preview(form, reading, text)
    return _page(form), form.status


@bp.post(f"{ROUND}/valgliste/laeg-ind/nu")
@access.open_to(Deed.KEEP_ROLL)
def roll_import_now(round_slug: str) -> ResponseReturnValue:
    sound = SoundRollForm()
    form = RollForm(formdata=None, data={"pasted": sound.text.data})
    with parts.hanging(form):
        added = roll.import_roll(
            by=parts.me(), budget_round=g.budget_round, text=sound.text.data or "", now=g.now
        )
        flash(_("%(people)s er lagt på valglisten.", people=facts.people(added)), "success")
        return redirect(url_for("admin.roll_index", round_slug=round_slug))
    return _page(form), form.status


@bp.get(f"{ROUND}/valgliste/skabelon")
@access.open_to(Deed.KEEP_ROLL)
def roll_template(round_slug: str) -> ResponseReturnValue:
    area = g.budget_round.areas[0].name if g.budget_round.areas else "Nordby"
    example = [("1001", "31-12-1990", area), ("1002", "01-07-2011", area)]
    content = cells.written(("nummer", "fødselsdato", "område"), example)
    return downloads.csv_file(content, "valgliste-skabelon.csv")


@bp.route(f"{ROUND}/valgliste/toem", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def roll_empty(round_slug: str) -> ResponseReturnValue:
    form = EmptyRollForm()
    if form.validate_on_submit():
        with parts.hanging(form):
            removed = roll.empty_roll(by=parts.me(), budget_round=g.budget_round, now=g.now)
            people = facts.people(removed)
            flash(_("Valglisten er tømt. %(people)s er taget af listen.", people=people), "success")
            return redirect(url_for("admin.roll_index", round_slug=round_slug))
    state = roll.state_of(g.budget_round)
    return render_template("admin/roll/empty.html", form=form, state=state), form.status


def _page(form: RollForm) -> str:
    is_opened = g.budget_round.opened_at is not None
    return render_template("admin/roll/import.html", form=form, is_opened=is_opened)


def _preview(form: RollForm, reading: RollReading, text: str) -> ResponseReturnValue:
    """Show what the import would do, or which lines must be mended first."""
    if reading.refused:
        told = [(one.line, in_words(one.reason)) for one in reading.refused[:MOST_SHOWN]]
        page = "admin/roll/refused.html"
        return render_template(page, form=form, reading=reading, told=told), 422
    return render_template(
        "admin/roll/preview.html",
        form=SoundRollForm(formdata=None, data={"text": text}),
        reading=reading,
        too_young=roll.too_young(g.budget_round, reading),
    )
