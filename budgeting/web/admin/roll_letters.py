"""Codes made in the background: how far they are, the files with them, and deleting these.

The key that opens the files is a cookie of their own page: it is sent to no other address,
no script can read it, and the house keeps no copy.
"""

import base64
import binascii
import io
import zipfile
from collections.abc import Iterator

from flask import (
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from budgeting.models import Job
from budgeting.refusals import Refusal
from budgeting.reports import cells, letters
from budgeting.reports.letters import Frame, Letter
from budgeting.rulebook.deeds import Deed
from budgeting.services import letter_making
from budgeting.services.code_giving import LetterLine
from budgeting.services.letter_making import LettersAreGone
from budgeting.vocabulary import JobState
from budgeting.web import access, bars, downloads
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND
from budgeting.web.forms import in_words

ONE = f"{ROUND}/valgliste/koder/breve/<int:job_id>"
KEY_COOKIE = "letters_key"
KEY_SECONDS = 24 * 60 * 60
LANGUAGES = {"da-en": ("da", "en"), "da": ("da",), "en": ("en",)}


def hand_out(job: Job, private_key: bytes) -> ResponseReturnValue:
    """Go to the files' page with their key, which is never seen here again but from there."""
    address = url_for("admin.roll_letters", round_slug=g.budget_round.slug, job_id=job.id)
    answer = redirect(address)
    answer.set_cookie(
        KEY_COOKIE,
        base64.urlsafe_b64encode(private_key).decode(),
        max_age=KEY_SECONDS,
        path=address,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
    )
    return answer


@bp.get(ONE)
@access.open_to(Deed.KEEP_ROLL)
def roll_letters(round_slug: str, job_id: int) -> ResponseReturnValue:
    job = _job(job_id)
    return render_template(
        "admin/roll/letters.html",
        job=job,
        is_working=job.state is JobState.WORKING,
        has_key=KEY_COOKIE in request.cookies,
        number=letter_making.file_number(job),
        done=bars.percent(job.done, job.total),
    )


@bp.get(f"{ONE}/flettefil")
@access.open_to(Deed.KEEP_ROLL)
def roll_letters_csv(round_slug: str, job_id: int) -> ResponseReturnValue:
    job = _job(job_id)
    try:
        rows = [_row(line) for line in letter_making.lines(job, _key())]
    except Refusal as refusal:
        return _back(job, refusal)
    head = ("nummer", "område", "kode", "navn", "adresse", "by", "link")
    return downloads.csv_file(cells.written(head, rows), f"{_name(job)}.csv")


@bp.get(f"{ONE}/breve")
@access.open_to(Deed.KEEP_ROLL)
def roll_letters_pdf(round_slug: str, job_id: int) -> ResponseReturnValue:
    job = _job(job_id)
    languages = LANGUAGES.get(request.args.get("sprog", ""), LANGUAGES["da-en"])
    try:
        lines = letter_making.lines(job, _key())
    except Refusal as refusal:
        return _back(job, refusal)
    files = letters.files(map(_letter, lines), _frame(), languages)
    if job.done <= letters.LETTERS_IN_A_FILE:
        return downloads.file(next(files), f"{_name(job)}.pdf", "application/pdf")
    zipped = stream_with_context(_zipped(files, _name(job)))
    return downloads.file(zipped, f"{_name(job)}.zip", "application/zip")


@bp.post(f"{ONE}/slet")
@access.open_to(Deed.KEEP_ROLL)
def roll_letters_delete(round_slug: str, job_id: int) -> ResponseReturnValue:
    job = _job(job_id)
    letter_making.forget(job)
    flash(_("Filerne med koder er slettet her. Koderne gælder stadig."), "success")
    answer = redirect(url_for("admin.roll_codes", round_slug=round_slug))
    path = url_for("admin.roll_letters", round_slug=round_slug, job_id=job_id)
    answer.delete_cookie(KEY_COOKIE, path=path)
    return answer


def _job(job_id: int) -> Job:
    job = letter_making.find(job_id, by=parts.me(), budget_round=g.budget_round)
    if job is None:
        abort(404)
    return job


def _key() -> bytes:
    try:
        return base64.urlsafe_b64decode(request.cookies.get(KEY_COOKIE, ""))
    except (binascii.Error, ValueError):
        return b""


def _back(job: Job, refusal: Refusal) -> ResponseReturnValue:
    flash(in_words(refusal), "warning")
    if isinstance(refusal, LettersAreGone):
        return redirect(url_for("admin.roll_codes", round_slug=g.budget_round.slug))
    here = url_for("admin.roll_letters", round_slug=g.budget_round.slug, job_id=job.id)
    return redirect(here)


def _name(job: Job) -> str:
    return f"koder-{g.budget_round.slug}-{letter_making.file_number(job)}"


def _row(line: LetterLine) -> tuple[str, ...]:
    window = (line.addressee or "").split("\n")
    address = [*window, "", "", ""][:3]
    return (line.roll_number, line.area, line.code, *address, f"{_frame().address}#{line.code}")


def _frame() -> Frame:
    budget_round, house = g.budget_round, g.budget_round.municipality
    path = url_for("citizen.booth_enter", round_slug=budget_round.slug)
    return Frame(
        municipality=house.name,
        phone=house.phone,
        title=budget_round.title,
        address=current_app.config["PUBLIC_ADDRESS"].rstrip("/") + path,
        closes=budget_round.voting_closes,
    )


def _letter(line: LetterLine) -> Letter:
    return Letter(line.roll_number, line.addressee, line.area, line.code)


class _Pipe(io.RawIOBase):
    """What a zip is written to as it is handed out, piece by piece."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.waiting.append(bytes(piece))  # type: ignore[call-overload]
        return len(self.waiting[-1])

    def taken(self) -> bytes:
        """Return what has been written since the last time."""
        piece, self.waiting = b"".join(self.waiting), []
        return piece


def _zipped(files: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Yield a zip with the files, each as soon as it is set; nothing is put on a disk."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for number, content in enumerate(files, 1):
            archive.writestr(f"{name}-{number:03}.pdf", content)
            yield pipe.taken()
    yield pipe.taken()
