"""The mail that thanks a citizen for a proposal."""

from flask import render_template, url_for
from flask_babel import gettext as _

from budgeting.models import Proposal
from budgeting.services import post
from budgeting.web.outgoing import outside


def proposal_received(proposal: Proposal) -> post.Letter:
    """Say that the proposal has come, until when it can be changed, and when an answer comes."""
    address = url_for(
        "citizen.proposals_edit",
        round_slug=proposal.budget_round.slug,
        proposal_id=proposal.id,
    )
    body = render_template(
        "letters/proposal_received.txt", proposal=proposal, address=outside(address)
    )
    return post.Letter(_("Vi har fået dit forslag: %(title)s", title=proposal.title), body)
