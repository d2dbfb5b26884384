"""A roll on its way in: the file, its columns, how far it is, what it will do, and doing it."""

from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField, TextAreaField

from budgeting.models import Job
from budgeting.refusals import Refusal
from budgeting.reports import cells
from budgeting.rulebook.deeds import Deed
from budgeting.services import jobs, roll_columns, roll_imports
from budgeting.services.roll_imports import Told
from budgeting.services.roll_refusals import ImportIsOver
from budgeting.vocabulary import JobState
from budgeting.web import access, bars, downloads
from budgeting.web.admin import bp, facts, parts
from budgeting.web.admin.parts import ROUND
from budgeting.web.forms import Form, in_words, options

HERE = f"{ROUND}/valgliste/laeg-ind"
ONE = f"{HERE}/<int:job_id>"
MOST_SHOWN = 200
NO_COLUMN = ""
IN_THE_QUEUE = (JobState.READING, JobState.WRITING)


class RollForm(Form):
    """A file, or the same lines pasted."""

    file = FileField(_l("Vælg en fil"))
    pasted = TextAreaField(_l("Linjer fra regnearket"))

    def content(self) -> bytes:
        """The file where there is one, else the lines."""
        content = self.file.data.read() if self.file.data else b""
        return content or (self.pasted.data or "").encode()


class ColumnsForm(Form):
    """Which column is which; every field has the file's own headings to choose from."""

    number = SelectField(_l("Nummer"))
    birth_date = SelectField(_l("Fødselsdato"))
    area = SelectField(_l("Lokalområde"))
    name = SelectField(_l("Navn"))
    street = SelectField(_l("Adresse"))
    town = SelectField(_l("Postnummer og by"))

    def chosen(self) -> dict[str, int]:
        """The columns that were chosen, by their names."""
        said = {name: getattr(self, name).data for name in roll_columns.NAMES}
        return {name: int(place) for name, place in said.items() if place != NO_COLUMN}


class ConfirmForm(Form):
    """Only a button."""


@bp.url_value_preprocessor
def _let_a_whole_roll_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A file with a town's voters is larger than any other form."""
    if endpoint == "admin.roll_import":
        request.max_content_length = current_app.config["ROLL_UPLOAD_BYTES"]


@bp.route(HERE, methods=["GET", "POST"])
@access.open_to(Deed.KEEP_ROLL)
def roll_import(round_slug: str) -> ResponseReturnValue:
    form = RollForm()
    if form.validate_on_submit():
        with parts.hanging(form):
            job = roll_imports.begin(
                by=parts.me(), budget_round=g.budget_round, content=form.content(), now=g.now
            )
            return _go_on(job)
    is_opened = g.budget_round.opened_at is not None
    page = render_template("admin/roll/import.html", form=form, is_opened=is_opened)
    return page, form.status


@bp.get(ONE)
@access.open_to(Deed.KEEP_ROLL)
def roll_import_job(round_slug: str, job_id: int) -> ResponseReturnValue:
    job = _job(job_id)
    if job.state is JobState.MAPPING or "kolonner" in request.args:
        return _mapping(job, ColumnsForm(data=_as_choices(roll_imports.columns_of(job))))
    if job.state in IN_THE_QUEUE:
        progress = roll_imports.progress_of(job)
        done, percent = bars.percent(*progress), bars.whole_percent(*progress)
        return render_template("admin/roll/progress.html", job=job, done=done, percent=percent)
    if job.state is JobState.REFUSED:
        return _refused(job)
    if job.state is JobState.DONE:
        return render_template("admin/roll/done.html", found=roll_imports.result_of(job))
    found = roll_imports.result_of(job)
    return render_template("admin/roll/preview.html", form=ConfirmForm(), job=job, found=found)


@bp.post(f"{ONE}/kolonner")
@access.open_to(Deed.KEEP_ROLL)
def roll_import_columns(round_slug: str, job_id: int) -> ResponseReturnValue:
    job, form = _job(job_id), ColumnsForm()
    _offer_headings(job, form)
    if form.validate_on_submit():
        with parts.hanging(form):
            roll_imports.choose_columns(job, form.chosen(), g.now)
            return _go_on(job)
    return _mapping(job, form)


@bp.post(f"{ONE}/nu")
@access.open_to(Deed.KEEP_ROLL)
def roll_import_now(round_slug: str, job_id: int) -> ResponseReturnValue:
    job = roll_imports.find(job_id, by=parts.me(), budget_round=g.budget_round)
    try:
        if job is None:
            raise ImportIsOver()
        roll_imports.confirm(job, g.now)
    except Refusal as refusal:
        flash(in_words(refusal), "warning")
        return redirect(url_for("admin.roll_index", round_slug=round_slug))
    return _go_on(job)


@bp.get(f"{ONE}/afviste")
@access.open_to(Deed.KEEP_ROLL)
def roll_import_report(round_slug: str, job_id: int) -> ResponseReturnValue:
    told = roll_imports.refused_lines(_job(job_id))
    rows = [(str(one.line), _reason(one)) for one in told]
    content = cells.written((_("linje"), _("hvad er galt")), rows)
    return downloads.csv_file(content, f"afviste-linjer-{round_slug}.csv")


def _job(job_id: int) -> Job:
    job = roll_imports.find(job_id, by=parts.me(), budget_round=g.budget_round)
    if job is None:
        abort(404)
    return job


def _go_on(job: Job) -> ResponseReturnValue:
    """Do the next step of a small file at once; a large one waits for the worker of jobs."""
    job_id, slug = job.id, g.budget_round.slug
    if roll_imports.is_small(job):
        jobs.run_now(job_id)
    job = _job(job_id)
    if job.state is not JobState.DONE:
        return redirect(url_for("admin.roll_import_job", round_slug=slug, job_id=job_id))
    flash(_told_done(roll_imports.result_of(job)), "success")
    return redirect(url_for("admin.roll_index", round_slug=slug))


def _told_done(found: dict[str, int]) -> str:
    told = _("%(people)s er lagt på valglisten.", people=facts.people(found["added"]))
    if not found["updated"]:
        return told
    changed = _("%(people)s er rettet.", people=facts.people(found["updated"]))
    return f"{told} {changed}" if found["added"] else changed


def _mapping(job: Job, form: ColumnsForm) -> ResponseReturnValue:
    _offer_headings(job, form)
    return render_template("admin/roll/columns.html", form=form, job=job), form.status


def _offer_headings(job: Job, form: ColumnsForm) -> None:
    headings = [
        (str(place), f"{heading} ({shape})" if shape else heading)
        for place, (heading, shape) in enumerate(roll_imports.headings_of(job))
    ]
    for name in roll_columns.NAMES:
        getattr(form, name).choices = options([(NO_COLUMN, _("Ingen kolonne")), *headings])


def _as_choices(columns: roll_columns.Columns) -> dict[str, str]:
    return {name: str(place) for name, place in columns.items()}


def _refused(job: Job) -> ResponseReturnValue:
    """Show which lines must be mended, with the text of a small file to mend them in."""
    told = roll_imports.refused_lines(job)
    page = render_template(
        "admin/roll/refused.html",
        form=RollForm(formdata=None, data={"pasted": roll_imports.text_of(job)}),
        job=job,
        sound=roll_imports.result_of(job).get("lines", 0),
        whole=[_reason(one) for one in told if not one.line],
        told=[(one.line, _reason(one)) for one in told[:MOST_SHOWN] if one.line],
        count=sum(one.line > 0 for one in told),
    )
    return page, 422


def _reason(told: Told) -> str:
    return _(told.message) % told.values
