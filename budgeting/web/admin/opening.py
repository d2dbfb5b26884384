"""A strict round's box is opened on another machine: the envelopes out, what was in them home again."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from budgeting.refusals import Refusal
from budgeting.rulebook.deeds import Deed
from budgeting.services import box_export, box_import
from budgeting.web import access, downloads
from budgeting.web.admin import bp
from budgeting.web.forms import Form, hang, in_words

HERE = "/runder/<round_slug>/optaelling/anden-computer"
CHUNK = 1024 * 1024
NAME = "kuverter.zip"


class OpenedForm(Form):
    """Asks for the file that the other machine wrote."""

    file = FileField(_l("Filen med det, der kom ud"))

    def content(self) -> bytes:
        """What stands in the file; nothing where none was chosen."""
        return self.file.data.read() if self.file.data else b""


@bp.url_value_preprocessor
def _let_a_whole_box_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A file with a town's ballots is larger than any other form."""
    if endpoint == "admin.opening_show":
        request.max_content_length = current_app.config["ROLL_UPLOAD_BYTES"]


@bp.route(HERE, methods=["GET", "POST"])
@access.open_to(Deed.COUNT_BALLOTS)
def opening_show(round_slug: str) -> ResponseReturnValue:
    """Tell how it is done, and take in what came out."""
    try:
        box_export.refuse_unless_sealed_and_strict(g.budget_round)
    except Refusal as refusal:
        flash(in_words(refusal), "warning")
        return redirect(url_for("admin.counting_count", round_slug=round_slug))
    form = OpenedForm()
    was_counted = g.budget_round.counted_at is not None
    if form.validate_on_submit():
        try:
            fingerprint = box_import.take_in(
                by=access.me(), budget_round=g.budget_round, content=form.content(), now=g.now
            )
        except Refusal as refusal:
            hang(refusal, form)
        else:
            flash(_same(fingerprint) if was_counted else _counted(fingerprint), "success")
            return redirect(url_for("admin.opening_show", round_slug=round_slug))
    page = render_template("admin/opening/show.html", form=form, name=NAME, is_counted=was_counted)
    return page, form.status


@bp.post(f"{HERE}/kuverter")
@access.open_to(Deed.COUNT_BALLOTS)
def opening_export(round_slug: str) -> ResponseReturnValue:
    """Hand out the sealed boxes; a town's are too large to hold in memory twice."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the last of it has been sent
    try:
        box_export.write(by=access.me(), budget_round=g.budget_round, file=file, now=g.now)
    except Refusal as refusal:
        file.close()
        flash(in_words(refusal), "warning")
        return redirect(url_for("admin.counting_count", round_slug=round_slug))
    return downloads.file(_chunks(file), NAME, "application/zip")


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _same(fingerprint: str) -> str:
    return _("Den anden åbning giver det samme. Fingeraftryk: %(print)s.", print=fingerprint)


def _counted(fingerprint: str) -> str:
    return _(
        "Stemmerne bliver talt op nu. Fingeraftryk: %(print)s. "
        "Se efter, at det er det, I skrev op.",
        print=fingerprint,
    )
