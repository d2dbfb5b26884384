"""The choices that narrow the log of deeds: only what the log holds."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from budgeting.extensions import db
from budgeting.services import audit_lists
from budgeting.services.audit_lists import THE_PLATFORM, Narrowing
from budgeting.web import audit_words, formats
from budgeting.web.forms import DanishDateField, Form, options


class LogForm(Form):
    """What narrows the log; sent as a plain address, so that what one sees can be shared."""

    class Meta(Form.Meta):
        """An address carries no token."""

        csrf = False

    runde = SelectField(_l("Runde"), default="")
    person = SelectField(_l("Hvem"), default="")
    handling = SelectField(_l("Hvad er gjort"), default="")
    fra = DanishDateField(_l("Fra og med"))
    til = DanishDateField(_l("Til og med"))

    @property
    def narrowing(self) -> Narrowing:
        """What is asked for; where something cannot be read, everything."""
        if not self.validate():
            return Narrowing()
        return Narrowing(
            round_id=int(self.runde.data) if self.runde.data else None,
            account_id=int(self.person.data) if self.person.data else None,
            deed=self.handling.data or None,
            since=self.fra.data,
            until=self.til.data,
        )


def log_form() -> LogForm:
    """Return the form as the address fills it."""
    session = db.session()
    deeds = {name: audit_words.deed(name) for name in audit_lists.deeds_in_log(session)}
    people = _by_name(audit_lists.people_in_log(session))
    everyone = [(str(THE_PLATFORM), _("Platformen selv")), *people]
    form = LogForm(formdata=request.args)
    form.runde.choices = options([("", _("Alle")), *_by_name(audit_lists.rounds_in_log(session))])
    form.person.choices = options([("", _("Alle")), *everyone])
    form.handling.choices = options([("", _("Alle")), *_by_name(deeds)])
    return form


def _by_name(named: Mapping[int, str] | Mapping[str, str]) -> list[tuple[str, str]]:
    pairs = [(str(key), name) for key, name in named.items()]
    return sorted(pairs, key=lambda pair: formats.danish_key(pair[1]))
