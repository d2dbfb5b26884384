"""What is wrong with ballots that were published in groups."""

from budgeting.verify.refused import BundleRefused
from budgeting.vocabulary import N_


class GroupTooSmall(BundleRefused):
    """A group is smaller than the rules allow."""

    message = N_("Gruppe %(group)s i „%(pot)s“ er mindre, end spillereglerne tillader.")


class PatternTwice(BundleRefused):
    """The same ballot stands in two groups."""

    message = N_("Gruppe %(group)s i „%(pot)s“ står på listen to gange.")


class PatternInvalid(BundleRefused):
    """A group's ballot breaks the rules."""

    message = N_("Gruppe %(group)s i „%(pot)s“ følger ikke spillereglerne: %(why)s")
