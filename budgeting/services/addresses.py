"""Mail addresses: one spelling for each, so that one person has one account."""

from email_validator import EmailNotValidError, validate_email

from budgeting.refusals import Refusal
from budgeting.vocabulary import N_


class NotAnAddress(Refusal):
    """What was written is no mail address."""

    message = N_("Skriv en mailadresse, for eksempel navn@eksempel.dk.")
    field = "email"


def one_spelling(email: str) -> str:
    """Return the address in small letters and normal form, or refuse it."""
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError as not_valid:
        raise NotAnAddress() from not_valid
    return found.normalized.lower()
