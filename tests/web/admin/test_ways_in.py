"""The administrator chooses how voters come in, and it becomes part of the locked rules."""

import pytest

from budgeting.rulebook import rules
from budgeting.services import freezing, preparing
from budgeting.vocabulary import Phase, WaysIn
from tests import make
from tests.openid_provider import settings_of

PAGE = "/admin/runder/nordby-2026/vej-ind"


def choose(admin, ways_in, *, status=200):
    return admin.submit(admin.read(PAGE), {"ways_in": ways_in}, status=status)


def test_codes_are_the_way_until_another_is_chosen(admin, draft):
    assert draft.budget_round.ways_in is WaysIn.CODES


def test_a_chosen_way_stands_in_the_rulebook(admin, draft, session):
    choose(admin, "self-declared")

    session.refresh(draft.budget_round)
    frozen = freezing.rulebook_from_rows(draft.budget_round, ())
    assert frozen.ways_in is WaysIn.SELF_DECLARED
    assert rules.from_json(rules.to_json(frozen)) == frozen


@pytest.mark.parametrize("ways_in", ["openid", "codes-and-openid"])
def test_mitid_is_refused_until_a_provider_is_known(app, admin, draft, tmp_path, ways_in):
    app.config["OPENID_FILE"] = str(tmp_path / "none.toml")
    assert "ikke sat op" in " ".join(choose(admin, ways_in, status=422).errors)

    file = tmp_path / "openid.toml"
    file.write_text(settings_of("https://broker.example.org"))
    app.config["OPENID_FILE"] = str(file)
    choose(admin, ways_in)


def test_a_way_that_does_not_exist_is_refused(admin, draft):
    choose(admin, "fuglepost", status=422)


def test_an_opened_round_keeps_its_way_in(admin, session):
    make.budget_round(session, Phase.PROPOSING)

    admin.read(PAGE, status=403)


@pytest.mark.parametrize(
    ("ways_in", "is_missing"), [(WaysIn.CODES, True), (WaysIn.SELF_DECLARED, False)]
)
def test_the_roll_may_be_empty_where_people_are_put_on_it_at_the_door(session, ways_in, is_missing):
    made = make.budget_round(session, Phase.DRAFT, ways_in=ways_in, voters_in_each_area=0)

    missing = preparing.missing_before_opening(made.budget_round, made.budget_round.voting_opens)

    assert any("valglisten" in one.sentence for one in missing) is is_missing
