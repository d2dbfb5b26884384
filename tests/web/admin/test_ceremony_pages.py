"""The ceremony on its pages: seal by two, open by two, destroy, and what everyone may read of it."""

from datetime import UTC, datetime, timedelta

import pytest

from budgeting import clock
from budgeting.models import Count, Envelope
from budgeting.services import destroying, freezing, jobs
from budgeting.vocabulary import PaperVotes, Phase, Role
from tests import make, results
from tests.web.visits import signed_in

SHOW = "/admin/runder/nordby-2026/optaelling"
SEAL = f"{SHOW}/forsegling"
COUNT = f"{SHOW}/taelling"
DESTROY = f"{SHOW}/destruer"
PROMISE = "/runder/nordby-2026/hemmelig-stemme"
HERE = "/noegleperson/nordby-2026"


@pytest.fixture
def made(session):
    return results.voted(session, officers=3)


def ended(session, made, days):
    """The result was published so many days ago."""
    made.budget_round.published_at = datetime.now(UTC) - timedelta(days=days)
    session.commit()


def test_two_people_seal_and_two_officers_open(app, session, made):
    admin = signed_in(app, made.people[Role.ADMIN])
    officer = signed_in(app, made.officers[1])

    page = admin.read(admin.read(SHOW).link("Forsegl urnen"))
    page = admin.submit(page)
    assert "Nu skal en anden logge ind" in page.text
    page = officer.read(officer.read(HERE).link("Forsegl urnen"))
    assert "Anne Admin bekræftede" in page.text
    page = officer.submit(page)
    assert page.heading == "Tæl stemmerne"

    typed = {"passphrase_0": make.PASSPHRASE, "passphrase_2": make.PASSPHRASE}
    officer.submit(page, typed)
    jobs.run_waiting(clock.now())
    assert session.query(Count).one().ballots_valid == 5


@pytest.mark.parametrize(("paper_votes", "is_told"), [("none", False), ("replaces", True)])
def test_paper_is_told_of_only_where_one_may_vote_on_paper(session, app, paper_votes, is_told):
    made = results.voted(session, officers=3, paper_votes=PaperVotes(paper_votes))

    page = signed_in(app, made.officers[0]).read(SEAL)

    assert ("På papir" in page.text) is is_told


def test_the_same_person_cannot_confirm_twice(app, made):
    admin = signed_in(app, made.people[Role.ADMIN])
    page = admin.read(SEAL)
    admin.submit(page)

    page = admin.submit(page, status=422)

    assert page.errors == ["Du har allerede bekræftet. Nu skal en anden bekræfte fra sin egen konto."]  # fmt: skip


def test_counting_leads_to_sealing_first(app, made):
    assert signed_in(app, made.officers[0]).read(COUNT).heading == "Forsegl urnen"


def test_one_passphrase_of_two_is_not_enough(app, session, made):
    for officer in made.officers[:2]:
        one = signed_in(app, officer)
        page = one.submit(one.read(SEAL))

    page = one.submit(page, {"passphrase_1": make.PASSPHRASE}, status=422)

    assert page.errors == ["Der skal 2 nøgler til at åbne stemmeurnen. Der er 1."]
    assert session.query(Count).count() == 0


def test_nobody_seals_while_people_vote(app, session):
    made = make.budget_round(session, Phase.VOTING, officers=3)

    signed_in(app, made.officers[0]).read(SEAL, status=403)


def test_envelopes_are_destroyed_when_their_time_is_over(app, session):
    made = results.published(session)
    ended(session, made, 29)
    admin = signed_in(app, made.people[Role.ADMIN])

    page = admin.read(admin.read(SHOW).link("Destruér kuverter og nøgler"))
    page = admin.submit(page, button="Destruér kuverter og nøgler")

    assert "blev destrueret" in page.text
    assert session.query(Envelope).count() == 0


def test_the_list_of_rounds_reminds(app, session):
    made = results.published(session)
    admin = signed_in(app, made.people[Role.ADMIN])
    assert "Destruér kuverter og nøgler" not in admin.read("/admin/runder").text

    ended(session, made, 29)

    assert admin.read("/admin/runder").link("Destruér kuverter og nøgler") == DESTROY


def test_before_that_the_page_says_when(app, session):
    made = results.published(session)

    page = signed_in(app, made.people[Role.ADMIN]).read(DESTROY)

    assert "Der kan klages indtil" in page.text


@pytest.mark.parametrize(
    ("officers", "said", "not_said"),
    [
        (1, "har én nøgleperson nøglen", "to nøglepersoner"),
        (3, "skal 2 af 3 nøglepersoner være sammen", "én nøgleperson nøglen"),
    ],
)
def test_the_promise_is_true_of_one_officer_and_of_three(client, session, officers, said, not_said):
    make.budget_round(session, Phase.VOTING, officers=officers)

    text = client.read(PROMISE).text

    assert said in text
    assert not_said not in text
    assert "gemt i 28 dage" in text


def test_the_promise_says_when_envelopes_are_gone(client, session):
    made = results.published(session)
    ended(session, made, 29)
    destroying.destroy(
        by=made.people[Role.ADMIN], budget_round=made.budget_round, now=datetime.now(UTC)
    )

    text = client.read(PROMISE).text

    assert "blev destrueret den" in text
    assert "Så længe kuverterne ligger her" not in text
    assert "Nøglerne ligger her" not in text


@pytest.mark.parametrize("in_files", [True, False])
def test_the_promise_says_where_the_keys_are(client, session, in_files):
    made = make.budget_round(session, Phase.DRAFT, officers=3)
    made.budget_round.keys_in_files = in_files
    freezing.freeze(session, made.budget_round, datetime.now(UTC))
    session.commit()

    text = client.read(PROMISE).text

    assert ("kun i filer hos nøglepersonerne" in text) is in_files
    assert ("Nøglerne ligger her" in text) is not in_files


def test_the_rulebook_page_names_the_keys(client, session):
    make.budget_round(session, Phase.VOTING, officers=3)

    assert "Nøglernes fingeraftryk" in client.read("/runder/nordby-2026/spilleregler").text
