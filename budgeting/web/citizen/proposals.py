"""A citizen's proposals: write one, look it through, send it, change it, take it back."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.models import Proposal
from budgeting.refusals import EditedMeanwhile, Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import proposal_lists, proposals
from budgeting.web import access, shown_proposals
from budgeting.web.citizen import bp, letters
from budgeting.web.citizen.proposal_form import (
    ProposalForm,
    content_of,
    empty_form,
    filled_form,
    typed_in,
)
from budgeting.web.forms import Form, hang

ONE = "/runder/<round_slug>/forslag/<int(max=2147483647):proposal_id>"


class ConfirmForm(Form):
    """Only a button."""


@bp.get("/mine-forslag")
@access.open_to(Deed.SEE_OWN_PROPOSALS)
def proposals_mine() -> ResponseReturnValue:
    own = proposal_lists.own(db.session(), access.me())
    return render_template(
        "citizen/proposals/mine.html", shown=shown_proposals.all_shown(own, g.now)
    )


@bp.route("/runder/<round_slug>/forslag/nyt", methods=["GET", "POST"])
@access.open_to(Deed.WRITE_PROPOSAL)
def proposals_new(round_slug: str) -> ResponseReturnValue:
    form = empty_form(g.budget_round)
    wants_to_go_on = request.form.get("step") != "edit"
    if wants_to_go_on and form.validate_on_submit():
        try:
            return _look_through_or_send(form)
        except Refusal as refusal:
            hang(refusal, form)
    return render_template("citizen/proposals/new.html", form=form), form.status


@bp.route(f"{ONE}/ret", methods=["GET", "POST"])
@access.open_to(Deed.WRITE_PROPOSAL)
def proposals_edit(round_slug: str, proposal_id: int) -> ResponseReturnValue:
    proposal = own_proposal(proposal_id)
    if proposal.is_withdrawn:
        return redirect(url_for("citizen.proposals_mine"))
    form = filled_form(proposal)
    saved_meanwhile = None
    if form.validate_on_submit():
        try:
            return _change(proposal, form)
        except EditedMeanwhile as refusal:
            hang(refusal, form)
            form.version.data = proposal.version
            saved_meanwhile = proposal
        except Refusal as refusal:
            hang(refusal, form)
    page = "citizen/proposals/edit.html"
    return render_template(page, form=form, proposal=proposal, saved=saved_meanwhile), form.status


@bp.route(f"{ONE}/traek-tilbage", methods=["GET", "POST"])
@access.open_to(Deed.WRITE_PROPOSAL)
def proposals_withdraw(round_slug: str, proposal_id: int) -> ResponseReturnValue:
    proposal = own_proposal(proposal_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        proposals.withdraw(by=access.me(), proposal=proposal, now=g.now)
        flash(_("Forslaget „%(title)s“ er trukket tilbage.", title=proposal.title), "success")
        return redirect(url_for("citizen.proposals_mine"))
    return render_template("citizen/proposals/withdraw.html", form=form, proposal=proposal)


@bp.post(f"{ONE}/send-igen")
@access.open_to(Deed.WRITE_PROPOSAL)
def proposals_submit_again(round_slug: str, proposal_id: int) -> ResponseReturnValue:
    proposal = own_proposal(proposal_id)
    proposals.submit_again(by=access.me(), proposal=proposal, now=g.now)
    flash(_("Forslaget „%(title)s“ er sendt ind igen.", title=proposal.title), "success")
    return redirect(url_for("citizen.proposals_mine"))


def own_proposal(proposal_id: int) -> Proposal:
    """Return the proposal of the address where it is the citizen's own."""
    proposal = proposal_lists.find(db.session(), g.budget_round, proposal_id)
    if proposal is None:
        abort(404)
    if proposal.author_id != access.me().id:
        raise proposals.NotYourProposal()
    return proposal


def _look_through_or_send(form: ProposalForm) -> ResponseReturnValue:
    content = content_of(form, g.budget_round)
    if request.form.get("step") != "send":
        pot, area = proposals.check(g.budget_round, content)
        page = "citizen/proposals/check.html"
        return render_template(page, content=content, pot=pot, area=area, carried=typed_in(form))
    proposals.submit(
        by=access.me(),
        budget_round=g.budget_round,
        content=content,
        now=g.now,
        form=proposals.Form(form.form_nonce.data or "", letters.proposal_received),
    )
    flash(_("Tak. Dit forslag „%(title)s“ er sendt.", title=content.title), "success")
    return redirect(url_for("citizen.proposals_mine"))


def _change(proposal: Proposal, form: ProposalForm) -> ResponseReturnValue:
    proposals.change(
        by=access.me(),
        proposal=proposal,
        content=content_of(form, g.budget_round),
        seen_version=form.version.data,
        now=g.now,
    )
    flash(_("Dit forslag „%(title)s“ er gemt.", title=proposal.title), "success")
    return redirect(url_for("citizen.proposals_mine"))
