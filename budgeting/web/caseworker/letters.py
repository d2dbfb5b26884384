"""The mail that answers a proposer, sent when all answers become public."""

from flask import render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from budgeting.models import Proposal
from budgeting.services import post
from budgeting.web.outgoing import outside


def answer(proposal: Proposal) -> post.Letter:
    """Tell the proposer what the answer is and why, in Danish whoever presses the button."""
    with force_locale("da"):
        assert proposal.screening is not None
        is_approval = proposal.screening.is_approval
        body = render_template(
            "letters/proposal_approved.txt" if is_approval else "letters/proposal_rejected.txt",
            proposal=proposal,
            screening=proposal.screening,
            address=outside(
                url_for(
                    "public.proposals_show",
                    round_slug=proposal.budget_round.slug,
                    proposal_id=proposal.id,
                )
            ),
        )
        if is_approval:
            return post.Letter(_("Dit forslag er godkendt: %(title)s", title=proposal.title), body)
        return post.Letter(_("Svar på dit forslag: %(title)s", title=proposal.title), body)
