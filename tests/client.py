"""A test client that behaves like a visitor: it reads pages, which are checked, and fills in forms."""

import contextvars

from flask import has_app_context
from flask.testing import FlaskClient

from tests.page import Page


class PageClient(FlaskClient):
    """`read` an address, `submit` a form of the page; both hand back the page that comes."""

    def open(self, *arguments, **named):
        """Each request has a context of its own, also where the test itself stands in one."""
        finish_the_tests_own_transaction()
        return contextvars.Context().run(super().open, *arguments, **named)

    def read(self, address, *, status=200):
        """Opens the address, follows redirects, and hands back the checked page."""
        return self._page(self.get(address, follow_redirects=True), status)

    def submit(self, page, fields=None, *, form=0, button=None, status=200):
        """Sends a form of the page as a browser would, with these fields changed.

        `form` is the form's number on the page or its id; `button` the text of the button pressed.
        A list as value chooses several boxes; None leaves a field out.
        """
        found = page.form(form, button=button)
        place = "query_string" if found.method == "GET" else "data"
        answer = self.open(
            found.address_of(button),
            method=found.method,
            **{place: found.filled_in(fields or {}, button=button)},
            content_type=found.content_type,
            follow_redirects=True,
        )
        return self._page(answer, status)

    def _page(self, answer, status):
        page = Page(answer.get_data(as_text=True), address=answer.request.path)
        wrong = f"{page.address} answered {answer.status_code}, not {status}: {page.heading}"
        assert answer.status_code == status, f"{wrong} {page.errors}"
        page.check()
        return page


def finish_the_tests_own_transaction():
    """Commits what the test itself arranged, so that the page sees it and the test sees the page's."""
    if has_app_context():
        from budgeting.extensions import db

        db.session.commit()
