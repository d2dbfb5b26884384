"""Visits pages as somebody who has signed in."""


def signed_in(app, account):
    """A client that the house takes for this account."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = str(account.id)
        cookie["_fresh"] = True
    return client
