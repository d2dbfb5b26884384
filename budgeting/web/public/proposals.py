"""What citizens have proposed: the list anyone may read, and each proposal's own page."""

from typing import Any

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from budgeting.extensions import db
from budgeting.models import Proposal
from budgeting.services import proposal_lists
from budgeting.services.proposal_lists import ListPage, Narrowing
from budgeting.web import access, shown_proposals
from budgeting.web.public import bp
from budgeting.web.public.proposal_filters import filter_form

HIGHEST_NUMBER = 2_147_483_647


@bp.get("/runder/<round_slug>/forslag")
@access.public
def proposals_index(round_slug: str) -> ResponseReturnValue:
    narrowing = Narrowing(area_id=_number("omraade"), pot_id=_number("pulje"))
    found = proposal_lists.public_page(
        db.session(), g.budget_round, narrowing, _number("side") or 1
    )
    return render_template(
        "public/proposals/index.html",
        found=found,
        shown=shown_proposals.all_shown(found.proposals, g.now),
        narrowing=narrowing,
        filters=filter_form(g.budget_round),
        **_ways(found, narrowing),
    )


@bp.get("/runder/<round_slug>/forslag/<int(max=2147483647):proposal_id>")
@access.public
def proposals_show(round_slug: str, proposal_id: int) -> ResponseReturnValue:
    proposal = proposal_lists.find(db.session(), g.budget_round, proposal_id)
    if proposal is None or (proposal.is_withdrawn and not _is_mine(proposal)):
        abort(404)
    return render_template(
        "public/proposals/show.html",
        shown=shown_proposals.shown(proposal, g.now),
        is_mine=_is_mine(proposal),
    )


def _number(name: str) -> int | None:
    """Read a number from the address; anything else counts as not said."""
    typed = request.args.get(name, "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > len(str(HIGHEST_NUMBER)):
        return None
    return min(int(typed), HIGHEST_NUMBER)


def _ways(found: ListPage, narrowing: Narrowing) -> dict[str, Any]:
    """Return the addresses of the pages before and after this one."""

    def address(page: int) -> str:
        return url_for(
            "public.proposals_index",
            round_slug=g.budget_round.slug,
            omraade=narrowing.area_id,
            pulje=narrowing.pot_id,
            side=page,
        )

    return {
        "previous": address(found.page - 1) if found.page > 1 else None,
        "next": address(found.page + 1) if found.page < found.pages else None,
    }


def _is_mine(proposal: Proposal) -> bool:
    return bool(current_user.is_authenticated and current_user.id == proposal.author_id)
