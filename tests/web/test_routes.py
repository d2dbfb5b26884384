"""Every route under the roles and phases it is open to; a route without a line fails.

Only the guard is asked here, not the views: one place enforces, and this is its table read back.
"""

import pytest
from flask import g
from flask import session as browser_session
from werkzeug.exceptions import Forbidden

from budgeting import clock
from budgeting.rulebook.deeds import PERMISSIONS, Deed
from budgeting.services import booth_passes
from budgeting.vocabulary import STAFF_ROLES, Phase, Role
from budgeting.web import access
from tests import make
from tests.web import visits
from tests.web.routes import ROUTES

PEOPLE = (Role.VISITOR, Role.CITIZEN, Role.VOTER, *sorted(STAFF_ROLES))
# A draft is there for those who prepare it and for nobody else: others are told 404.
SEES_DRAFTS = {Role.ADMIN, Role.OFFICER}


def rules_of(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_has_its_line_under_what_it_is_open_to(app):
    declared = {
        rule.endpoint: access.declared(app.view_functions[rule.endpoint]) for rule in rules_of(app)
    }
    lines = {
        endpoint: opened_by for opened_by, endpoints in ROUTES.items() for endpoint in endpoints
    }

    assert set(declared) == set(lines), "each route needs its line in tests/web/routes.py"
    for endpoint, access_declared in declared.items():
        expected = lines[endpoint]
        shown = access_declared if isinstance(access_declared, Deed) else "anyone"
        assert shown == expected, endpoint


def test_a_route_stands_under_one_heading_only():
    endpoints = [endpoint for listed in ROUTES.values() for endpoint in listed]

    assert len(endpoints) == len(set(endpoints))


def test_a_view_that_does_not_say_who_may_open_it_is_refused():
    with pytest.raises(LookupError, match="does not say who may open it"):
        access.declared(test_every_route_has_its_line_under_what_it_is_open_to)


def test_what_changes_something_is_never_done_by_following_a_link(app):
    for rule in rules_of(app):
        assert rule.methods - {"HEAD", "OPTIONS"} <= {"GET", "POST"}, rule.endpoint


@pytest.mark.parametrize("phase", Phase)
def test_each_route_is_open_to_exactly_its_roles_in_exactly_its_phases(app, session, phase):
    made = make.budget_round(session, phase)
    tokens = {role: _token(app, _person(session, made, role), made, role) for role in PEOPLE}
    app.config["WTF_CSRF_ENABLED"] = False
    wrong = []
    for rule in rules_of(app):
        for role in PEOPLE:
            got = _answer(app, rule, made, role, tokens[role])
            expected = _expected(app, rule, role, phase)
            if got != expected:
                wrong.append(f"{rule.endpoint} for {role} in {phase}: {got}, not {expected}")

    assert not wrong, "\n".join(wrong)


def _person(session, made, role):
    if role in (Role.VISITOR, Role.VOTER):
        return None
    if role is Role.CITIZEN:
        return make.account(session, email="en-borger@example.org")
    return make.account(session, role, email=f"{role}-her@example.org")


def _token(app, account, made, role):
    """What the cookie of such a person holds: a sign-in, or a pass to the booth."""
    if role is Role.VOTER:
        return booth_passes.open_for(made.voters[0])
    return visits.token_of(app, account) if account is not None else None


def _expected(app, rule, role, phase):
    """What the guard answers: "in", "closed" (403), "the door" (a redirect), "unknown" (404)."""
    has_round = "round_slug" in rule.arguments
    if has_round and phase is Phase.DRAFT and role not in SEES_DRAFTS:
        return "unknown"
    deed = access.declared(app.view_functions[rule.endpoint])
    if not isinstance(deed, Deed):
        return "in"
    permission = PERMISSIONS[deed]
    if permission.roles is not None and not permission.roles & _roles(role):
        signed_in = role in STAFF_ROLES or role is Role.CITIZEN
        return "closed" if signed_in and Role.VOTER not in permission.roles else "the door"
    if has_round and phase not in permission.phases:
        return "closed"
    return "in"


def _roles(role):
    return {role, Role.CITIZEN} if role in STAFF_ROLES else {role}


def _answer(app, rule, made, role, token):
    method = "GET" if "GET" in rule.methods else "POST"
    with app.test_request_context(_address(rule, made), method=method):
        g.pop("_login_user", None)
        if token is not None and role is not Role.VOTER:
            browser_session["_user_id"] = token
            browser_session["_fresh"] = True
        if role is Role.VOTER:
            browser_session["booth_round"] = made.budget_round.id
            browser_session["booth_pass"] = token
            browser_session["booth_seen"] = int(clock.now().timestamp())
        try:
            answer = app.preprocess_request()
        except Forbidden:
            return "closed"
        except Exception as error:
            return "unknown" if getattr(error, "code", None) == 404 else repr(error)
        return "in" if answer is None else "the door"


def _address(rule, made):
    given = {"round_slug": made.budget_round.slug, "token": "t", "ballot_id": "1"}
    values = {name: given.get(name, 1) for name in rule.arguments}
    return rule.build(values)[1]
