"""Codes for the voters: all who lack one, a lost file made anew, or one voter's lost letter."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from budgeting.models import Job
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import code_files, guessing_alarm, jobs, letter_making, roll
from budgeting.web import access, bars
from budgeting.web.admin import bp, parts, roll_letters
from budgeting.web.admin.parts import ROUND
from budgeting.web.forms import Form, TrimmedField, checks, in_words

ONE_FILE = f"{ROUND}/valgliste/koder/<int(max=999999):number>/igen"


class CodesForm(Form):
    """Only a button."""


class OneVoterForm(Form):
    """The number of the voter whose letter is lost; it is sent in the form, never in an address."""

    roll_number = TrimmedField(
        _l("Vælgerens nummer"), [checks.Needed(_l("Skriv vælgerens nummer på valglisten."))]
    )


@bp.get(f"{ROUND}/valgliste/koder")
@access.open_to(Deed.KEEP_ROLL)
def roll_codes(round_slug: str) -> ResponseReturnValue:
    state = roll.state_of(g.budget_round)
    return render_template(
        "admin/roll/codes.html",
        state=state,
        files=code_files.files_of(g.budget_round),
        job=letter_making.unfinished(by=parts.me(), budget_round=g.budget_round),
        done=bars.percent(state.with_code, state.voters),
    )


@bp.post(f"{ROUND}/valgliste/koder/lav")
@access.open_to(Deed.KEEP_ROLL)
def roll_codes_make(round_slug: str) -> ResponseReturnValue:
    try:
        made = letter_making.begin(by=parts.me(), budget_round=g.budget_round, now=g.now)
    except Refusal as refusal:
        return _back(refusal)
    return _start(*made)


@bp.route(ONE_FILE, methods=["GET", "POST"])
@access.open_to(Deed.KEEP_ROLL)
def roll_codes_again(round_slug: str, number: int) -> ResponseReturnValue:
    form = CodesForm()
    if not form.validate_on_submit():
        return render_template("admin/roll/codes_again.html", form=form, number=number)
    try:
        made = letter_making.begin_again(
            number, by=parts.me(), budget_round=g.budget_round, now=g.now
        )
    except Refusal as refusal:
        return _back(refusal)
    return _start(*made)


@bp.post(f"{ROUND}/valgliste/ny-kode")
@access.open_to(Deed.KEEP_ROLL)
def roll_replace(round_slug: str) -> ResponseReturnValue:
    form = OneVoterForm()
    if form.validate_on_submit():
        with parts.hanging(form):
            line = code_files.replace_code(
                form.roll_number.data or "",
                by=parts.me(),
                budget_round=g.budget_round,
                now=g.now,
            )
            return render_template("admin/roll/replaced.html", line=line)
    return _index(form)


@bp.post(f"{ROUND}/valgliste/annuller-kode")
@access.open_to(Deed.KEEP_ROLL)
def roll_void(round_slug: str) -> ResponseReturnValue:
    form = OneVoterForm()
    if form.validate_on_submit():
        with parts.hanging(form):
            code_files.void_code(
                form.roll_number.data or "",
                by=parts.me(),
                budget_round=g.budget_round,
                now=g.now,
            )
            flash(_("Koden er annulleret. Den kan ikke bruges mere."), "success")
            return redirect(url_for("admin.roll_index", round_slug=round_slug))
    return _index(form)


def _index(form: OneVoterForm) -> ResponseReturnValue:
    state = roll.state_of(g.budget_round)
    by_area = roll.voters_by_area(g.budget_round)
    alarm = guessing_alarm.raised_lately(g.budget_round, g.now)
    page = render_template(
        "admin/roll/index.html", state=state, by_area=by_area, alarm=alarm, form=form
    )
    return page, form.status


def _back(refusal: Refusal) -> ResponseReturnValue:
    flash(in_words(refusal), "info")
    return redirect(url_for("admin.roll_codes", round_slug=g.budget_round.slug))


def _start(job: Job, private_key: bytes) -> ResponseReturnValue:
    """Make a few codes at once; many wait for the worker of jobs."""
    answer = roll_letters.hand_out(job, private_key)
    if job.total <= letter_making.CODES_IN_A_SLICE:
        jobs.run_now(job.id)
    return answer
