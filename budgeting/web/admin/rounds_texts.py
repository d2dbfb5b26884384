"""*Klargør runden*: the texts people read, and the council's decision on the frame."""

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from budgeting.rulebook.deeds import Deed
from budgeting.rulebook.readiness import Part
from budgeting.services import setting_up
from budgeting.web import access
from budgeting.web.admin import bp, parts
from budgeting.web.admin.parts import ROUND, PartForm
from budgeting.web.admin.rounds import LONGEST_TITLE
from budgeting.web.forms import TrimmedField, checks
from budgeting.web.forms.cleaning import without_control_signs, without_control_signs_in_lines


class TextsForm(PartForm):
    """Name, one sentence, the whole story."""

    title = TrimmedField(
        _l("Rundens navn"),
        [checks.Needed(_l("Skriv et navn til runden.")), checks.at_most_signs(LONGEST_TITLE)],
        filters=[without_control_signs],
    )
    summary = TextAreaField(
        _l("Kort fortalt"),
        [
            checks.Needed(_l("Skriv i en sætning eller to, hvad runden går ud på.")),
            checks.at_most_signs(300),
        ],
        filters=[without_control_signs],
    )
    introduction = TextAreaField(
        _l("Om runden"),
        [checks.Needed(_l("Skriv, hvad runden går ud på.")), checks.at_most_signs(5000)],
        filters=[without_control_signs_in_lines],
    )


class FrameForm(PartForm):
    """Where the money was adopted."""

    decision = TrimmedField(
        _l("Hvornår vedtog byrådet rammen?"),
        [
            checks.Needed(_l("Skriv dato og sag, for eksempel: Byrådet den 24. juni, punkt 7.")),
            checks.at_most_signs(300),
        ],
        filters=[without_control_signs],
    )


@bp.route(f"{ROUND}/tekster", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_texts(round_slug: str) -> ResponseReturnValue:
    form = TextsForm(obj=g.budget_round)
    if form.validate_on_submit():
        texts = setting_up.Texts(
            title=form.title.data or "",
            summary=form.summary.data or "",
            introduction=form.introduction.data or "",
        )
        with parts.hanging(form):
            setting_up.write_texts(**parts.said(form), texts=texts)
            return parts.saved(Part.TEXTS)
    return parts.page(Part.TEXTS, "admin/rounds/texts.html", form)


@bp.route(f"{ROUND}/ramme", methods=["GET", "POST"])
@access.open_to(Deed.SET_UP_ROUND)
def rounds_frame(round_slug: str) -> ResponseReturnValue:
    form = FrameForm(
        data={"decision": g.budget_round.frame_decision, "version": g.budget_round.version}
    )
    if form.validate_on_submit():
        with parts.hanging(form):
            setting_up.record_frame(**parts.said(form), decision=form.decision.data or "")
            return parts.saved(Part.FRAME)
    return parts.page(Part.FRAME, "admin/rounds/frame.html", form)
