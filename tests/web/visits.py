"""Visits pages as somebody who has signed in."""

from budgeting import clock
from budgeting.extensions import db
from budgeting.models import Account
from budgeting.services import sign_ins


def signed_in(app, account):
    """A client that the house takes for this account."""
    client = app.test_client()
    sign_in(client, account)
    return client


def sign_in(client, account):
    """Lets this client be taken for the account from now on."""
    token = token_of(client.application, account)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True


def token_of(app, account):
    """What a cookie holds of somebody who has just signed in."""
    account_id = account.id
    db.session.commit()
    with app.app_context():
        known = db.session.get(Account, account_id)
        return sign_ins.begin(known, device="", now=clock.now())
