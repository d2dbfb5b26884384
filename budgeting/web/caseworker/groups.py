"""Which projects exclude each other: chosen when they are known, and before anyone votes."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from budgeting.extensions import db
from budgeting.models import BudgetRound
from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import exclusive_groups, project_lists
from budgeting.web import access, exclusive_words, formats
from budgeting.web.caseworker import bp
from budgeting.web.forms import Form, hang, in_words, options

GROUPS = "/<round_slug>/udelukker"


class GroupForm(Form):
    """The projects of one group."""

    projects = SelectMultipleField(
        _l("Hvilke projekter udelukker hinanden?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


@bp.route(GROUPS, methods=["GET", "POST"])
@access.open_to(Deed.GROUP_PROJECTS)
def groups_show(round_slug: str) -> ResponseReturnValue:
    form = _form(g.budget_round)
    if form.validate_on_submit():
        try:
            exclusive_groups.put_together(
                by=access.me(),
                budget_round=g.budget_round,
                project_ids=[int(one) for one in form.projects.data or ()],
                now=g.now,
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            flash(_("Gemt. Højst ét af de projekter kan få penge."), "success")
            return redirect(url_for("caseworker.groups_show", round_slug=round_slug))
    groups = [(pot, exclusive_words.of_pot(pot)) for pot in g.budget_round.pots]
    return render_template("caseworker/groups/show.html", form=form, groups=groups), form.status


@bp.post(f"{GROUPS}/<int(max=2147483647):group_id>/fjern")
@access.open_to(Deed.GROUP_PROJECTS)
def groups_take_apart(round_slug: str, group_id: int) -> ResponseReturnValue:
    try:
        exclusive_groups.take_apart(
            by=access.me(), budget_round=g.budget_round, group_id=group_id, now=g.now
        )
    except Refusal as refusal:
        flash(in_words(refusal), "warning")
    else:
        flash(_("Fjernet. De projekter udelukker ikke hinanden mere."), "success")
    return redirect(url_for("caseworker.groups_show", round_slug=round_slug))


def _form(budget_round: BudgetRound) -> GroupForm:
    form = GroupForm()
    every = formats.danish_sorted(project_lists.of_round(db.session(), budget_round), "title")
    has_pots = len({one.pot_id for one in every}) > 1
    form.projects.choices = options(
        (one.id, f"{one.title} ({one.pot.name})" if has_pots else one.title) for one in every
    )
    return form
