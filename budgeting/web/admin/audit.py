"""The log of deeds: who did what, when; to be read, narrowed and taken along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.extensions import db
from budgeting.models import AuditEvent
from budgeting.reports import cells
from budgeting.rulebook.deeds import Deed
from budgeting.services import audit_links, audit_lists
from budgeting.services.audit_lists import LogPage, Narrowing
from budgeting.web import access, audit_words, formats
from budgeting.web.admin import bp
from budgeting.web.admin.audit_form import log_form

NARROWED_BY = ("runde", "person", "handling", "fra", "til")
LONGEST_PAGE_NUMBER = 6


@bp.get("/hold")
@access.open_to(Deed.READ_AUDIT)
def audit_index() -> ResponseReturnValue:
    """Show a page of the log, newest deeds first."""
    form = log_form()
    narrowing = form.narrowing
    found = audit_lists.page_of(db.session(), narrowing, _page_wanted())
    titles = audit_lists.rounds_in_log(db.session())
    page = render_template(
        "admin/audit/index.html",
        form=form,
        found=found,
        rows=[_row(event, titles) for event in found.events],
        is_narrowed=narrowing != Narrowing(),
        newest=audit_links.last_link(db.session()),
        file_address=url_for("admin.audit_csv", **_asked()),
        **_ways(found),
    )
    return page, form.status


@bp.get("/hold.csv")
@access.open_to(Deed.READ_AUDIT)
def audit_csv() -> ResponseReturnValue:
    """Hand out all of what is asked for as a table."""
    titles = audit_lists.rounds_in_log(db.session())
    events = audit_lists.everything(db.session(), log_form().narrowing)
    rows = [_in_file(event, _row(event, titles)) for event in events]
    content = cells.written(_heads(), rows)
    answer = Response(content, content_type="text/csv; charset=utf-8")
    name = f"haendelser-{formats.danish_time(g.now):%Y-%m-%d}.csv"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@dataclass(frozen=True)
class Row:
    """A deed as a reader sees it."""

    number: int
    at: datetime
    who: str
    round_title: str
    deed: str
    details: str


def _row(event: AuditEvent, titles: Mapping[int, str]) -> Row:
    return Row(
        number=event.number,
        at=event.at,
        who=event.account.name if event.account else _("Platformen selv"),
        round_title=titles.get(event.round_id, "") if event.round_id else "",
        deed=audit_words.deed(event.deed),
        details=audit_words.details(event),
    )


def _in_file(event: AuditEvent, row: Row) -> list[str]:
    """The same as cells, with a time that sorts and with what the chain was made over."""
    return [
        str(row.number),
        f"{formats.danish_time(row.at):%Y-%m-%d %H:%M:%S}",
        row.who,
        row.round_title,
        row.deed,
        row.details,
        event.details,
        event.link_hash,
    ]


def _heads() -> list[str]:
    return [
        _("Nr."),
        _("Hvornår"),
        _("Hvem"),
        _("Runde"),
        _("Hvad er gjort"),
        _("Nærmere"),
        _("Ordret"),
        _("Kædens led"),
    ]


def _page_wanted() -> int:
    typed = request.args.get("side", "")
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_PAGE_NUMBER
    return int(typed) if is_number else 1


def _asked() -> dict[str, Any]:
    """What the address asks for, to be carried on to the next page and to the file."""
    return {name: text for name in NARROWED_BY if (text := request.args.get(name))}


def _ways(found: LogPage) -> dict[str, Any]:
    def address(page: int) -> str:
        return url_for("admin.audit_index", **_asked(), side=page)

    return {
        "previous": address(found.page - 1) if found.page > 1 else None,
        "next": address(found.page + 1) if found.page < found.pages else None,
    }
