"""Publishing: after the count, once, by an administrator."""

from datetime import UTC, datetime

import pytest

from budgeting.refusals import NotYourDeed
from budgeting.services import publishing, rounds
from budgeting.vocabulary import Phase, Role
from tests import results

NOW = datetime.now(UTC)


def publish(made, by=Role.ADMIN):
    publishing.publish(by=made.people[by], budget_round=made.budget_round, now=NOW)


def test_a_published_result_waits_for_the_council(session):
    made = results.counted(session)

    publish(made)

    assert rounds.phase_of(made.budget_round, NOW) is Phase.DECIDING


def test_there_is_nothing_to_publish_before_the_count(session):
    with pytest.raises(publishing.NotCountedYet):
        publish(results.voted(session))


def test_publishing_twice_is_refused(session):
    with pytest.raises(publishing.AlreadyPublished):
        publish(results.published(session))


def test_only_an_administrator_publishes(session):
    with pytest.raises(NotYourDeed):
        publish(results.counted(session), by=Role.OFFICER)
