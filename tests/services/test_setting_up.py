"""Setting up a draft: each part is kept, checked, and guarded against two writers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from budgeting import clock
from budgeting.models import AuditEvent, Voter
from budgeting.refusals import EditedMeanwhile, NotYourDeed
from budgeting.rulebook import ballot_shapes, timetables
from budgeting.rulebook.rules import BallotRule, TallyRule, Timetable
from budgeting.services import creating, places_and_pots, preparing, rounds, setting_up, slugs
from budgeting.services.locked_rules import RulesAreLocked
from budgeting.services.places_and_pots import AreaChanges, KnownPotTerms, PotTerms
from budgeting.vocabulary import BallotType, Completion, Phase, Role, Rule, Stop, Utility
from tests import make


@pytest.fixture
def admin(session):
    make.municipality(session)
    return make.account(session, Role.ADMIN)


@pytest.fixture
def draft(admin):
    return creating.create_round(by=admin, title="Ørby sammen 2026", now=clock.now())


@pytest.fixture
def said(admin, draft):
    """What every deed of setting up is told."""
    return lambda: {
        "by": admin,
        "budget_round": draft,
        "seen_version": draft.version,
        "now": clock.now(),
    }


def area_changes(names=None, removed=(), added=()):
    return AreaChanges(names=names or {}, removed=removed, added=added)


def approval(least=1, most=3):
    return BallotRule(ballot_type=BallotType.APPROVAL, min_choices=least, max_choices=most)


def spread(votes=10, most=10):
    return replace(
        approval(), ballot_type=BallotType.CUMULATIVE, votes_each=votes, most_per_project=most
    )


def scored(lowest=1, highest=5, least=3, must_score_all=False):
    return replace(
        approval(least),
        ballot_type=BallotType.SCORING,
        lowest_points=lowest,
        highest_points=highest,
        must_score_all=must_score_all,
    )


def test_a_title_is_enough_to_begin(draft):
    assert rounds.phase_of(draft, clock.now()) is Phase.DRAFT
    assert draft.slug == "oerby-sammen-2026"


def test_the_second_round_with_a_title_gets_a_number(admin, draft):
    second = creating.create_round(by=admin, title="Ørby sammen 2026", now=clock.now())

    assert second.slug == "oerby-sammen-2026-2"


def test_only_an_admin_creates_a_round(session, admin):
    with pytest.raises(NotYourDeed):
        creating.create_round(
            by=make.account(session, Role.CASEWORKER), title="Nej", now=clock.now()
        )


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Æblerød, Ærø & Ålbæk!", "aebleroed-aeroe-aalbaek"),
        ("Ny", "ny-2"),
        ("???", "runde"),
        ("Café Müller", "cafe-mueller"),
        ("x" * 200, "x" * 60),
    ],
)
def test_an_address_is_made_from_any_title(title, slug):
    assert slugs.free_slug(title, set()) == slug


def test_texts_are_kept_and_the_address_stays(draft, said):
    texts = setting_up.Texts(title="Nyt navn", summary="Kort.", introduction="Langt.")
    setting_up.write_texts(**said(), texts=texts)

    assert (draft.title, draft.summary, draft.slug) == ("Nyt navn", "Kort.", "oerby-sammen-2026")


def test_the_second_of_two_admins_is_told_and_nothing_is_lost(draft, said):
    seen = said()
    setting_up.choose_voters(**said(), min_age=13)

    with pytest.raises(EditedMeanwhile):
        setting_up.choose_voters(**seen, min_age=18)

    assert draft.min_age == 13


def test_a_new_area_counts_as_a_change_of_the_round(draft, said):
    seen = said()
    places_and_pots.change_areas(**said(), changes=area_changes(added=["Nordby"]))

    with pytest.raises(EditedMeanwhile):
        setting_up.choose_voters(**seen, min_age=13)


def test_every_change_is_in_the_log(session, draft, said):
    setting_up.choose_voters(**said(), min_age=13)

    assert session.query(AuditEvent).order_by(AuditEvent.number).all()[-1].details == (
        '{"part":"voters"}'
    )


@pytest.mark.parametrize("min_age", [0, 100])
def test_an_age_nobody_has_is_refused(said, min_age):
    with pytest.raises(setting_up.AgeOutOfReach):
        setting_up.choose_voters(**said(), min_age=min_age)


def test_areas_may_swap_names(draft, said):
    places_and_pots.change_areas(**said(), changes=area_changes(added=["Nordby", "Sydby"]))
    one, other = draft.areas

    names = {one.id: "Sydby", other.id: "Nordby"}
    places_and_pots.change_areas(**said(), changes=area_changes(names=names))

    assert [area.name for area in draft.areas] == ["Sydby", "Nordby"]


def test_two_areas_with_one_name_are_refused(said):
    with pytest.raises(places_and_pots.AreaTwice):
        places_and_pots.change_areas(**said(), changes=area_changes(added=["Nordby", "nordby "]))


def test_an_area_with_a_pot_is_not_removed(draft, said):
    places_and_pots.change_areas(**said(), changes=area_changes(added=["Nordby"]))
    area = draft.areas[0]
    places_and_pots.add_pot(**said(), terms=pot_terms(area_id=area.id))

    with pytest.raises(places_and_pots.AreaHasPot):
        places_and_pots.change_areas(**said(), changes=area_changes(removed=[area.id]))


def test_an_area_with_voters_is_not_removed(session, draft, said):
    places_and_pots.change_areas(**said(), changes=area_changes(added=["Nordby"]))
    area = draft.areas[0]
    session.add(Voter(round_id=draft.id, roll_number="1", area_id=area.id))
    session.commit()

    with pytest.raises(places_and_pots.AreaHasVoters):
        places_and_pots.change_areas(**said(), changes=area_changes(removed=[area.id]))


def pot_terms(name="Bypuljen", budget_limit_oere=100, area_id=None):
    return PotTerms(name=name, budget_limit_oere=budget_limit_oere, area_id=area_id)


def test_a_pot_is_added_changed_and_removed(draft, said):
    places_and_pots.add_pot(**said(), terms=pot_terms())
    pot_id = draft.pots[0].id
    changed = KnownPotTerms(pot_id=pot_id, **vars(pot_terms(budget_limit_oere=200)))
    places_and_pots.change_pot(**said(), terms=changed)
    assert draft.pots[0].budget_limit_oere == 200

    places_and_pots.remove_pot(**said(), pot_id=pot_id)
    assert draft.pots == []


def test_two_pots_with_one_name_are_refused(said):
    places_and_pots.add_pot(**said(), terms=pot_terms())

    with pytest.raises(places_and_pots.PotTwice):
        places_and_pots.add_pot(**said(), terms=pot_terms(name="bypuljen"))


def test_a_pot_of_a_foreign_area_is_refused(session, said):
    foreign = make.budget_round(session, Phase.DRAFT).areas[0]

    with pytest.raises(places_and_pots.UnknownArea):
        places_and_pots.add_pot(**said(), terms=pot_terms(area_id=foreign.id))


@pytest.mark.parametrize(
    ("ballot", "refusal"),
    [
        (approval(3, 2), ballot_shapes.FewestAboveMost),
        (approval(0, 2), ballot_shapes.ChoicesOutOfReach),
        (approval(1, 101), ballot_shapes.ChoicesOutOfReach),
        (spread(votes=0, most=1), ballot_shapes.VotesOutOfReach),
        (spread(votes=101, most=1), ballot_shapes.VotesOutOfReach),
        (spread(votes=2, most=3), ballot_shapes.CapOutOfReach),
        (spread(votes=2, most=0), ballot_shapes.CapOutOfReach),
        (scored(lowest=1, highest=1), ballot_shapes.NoScale),
        (scored(lowest=2, highest=5), ballot_shapes.NoScale),
        (scored(lowest=0, highest=11), ballot_shapes.NoScale),
        (scored(lowest=1, highest=5, least=0), ballot_shapes.ChoicesOutOfReach),
    ],
)
def test_a_ballot_nobody_can_fill_in_is_refused(said, ballot, refusal):
    with pytest.raises(refusal):
        setting_up.choose_ballot(**said(), ballot=ballot)


@pytest.mark.parametrize(
    ("ballot", "columns"),
    [
        (approval(2, 9), (2, 9, 0, 0, 0, 0, False)),
        (replace(spread(), ballot_type=BallotType.KNAPSACK), (1, 0, 0, 0, 0, 0, False)),
        (replace(spread(2, 2), highest_points=5), (1, 0, 2, 2, 0, 0, False)),
        (replace(scored(0, 5), votes_each=7), (3, 0, 0, 0, 0, 5, False)),
        (scored(1, 3, must_score_all=True), (1, 0, 0, 0, 1, 3, True)),
    ],
)
def test_only_what_the_type_of_ballot_has_is_kept(draft, said, ballot, columns):
    setting_up.choose_ballot(**said(), ballot=spread())
    setting_up.choose_ballot(**said(), ballot=ballot)

    assert draft.ballot_type is ballot.ballot_type
    assert columns == (
        draft.min_choices,
        draft.max_choices,
        draft.votes_each,
        draft.most_per_project,
        draft.lowest_points,
        draft.highest_points,
        draft.must_score_all,
    )


def tally_rule(utility=Utility.COST):
    return TallyRule(
        rule=Rule.EQUAL_SHARES,
        utility=utility,
        completion=Completion.ADD1,
        stop=Stop.OVER_BUDGET,
        ties=("cost", "lot"),
    )


def test_the_count_is_kept_in_the_tallys_words(draft, said):
    setting_up.choose_ballot(**said(), ballot=approval())
    setting_up.choose_count(**said(), tally=tally_rule())

    assert (draft.rule, draft.completion, draft.ties) == (
        Rule.EQUAL_SHARES,
        Completion.ADD1,
        "cost,lot",
    )


def test_a_count_that_reads_another_ballot_is_refused(said):
    setting_up.choose_ballot(**said(), ballot=approval())

    with pytest.raises(setting_up.CountDoesNotFit):
        setting_up.choose_count(**said(), tally=tally_rule(Utility.BORDA))


def test_the_suggested_timetable_is_in_order(draft, said):
    now = clock.now()
    timetable = timetables.suggest(timetables.first_suggestion(now))
    setting_up.set_timetable(**said(), timetable=timetable)

    assert rounds.timetable_of(draft) == timetable
    assert not [
        gap for gap in preparing.missing_before_opening(draft, now) if gap.part == "timetable"
    ]


def test_a_moment_out_of_order_is_refused_at_its_own_field(said):
    suggested = timetables.suggest(clock.now() + timedelta(days=1))
    wrong = Timetable(**vars(suggested) | {"voting_closes": suggested.voting_opens})

    with pytest.raises(timetables.MomentTooEarly) as refused:
        setting_up.set_timetable(**said(), timetable=wrong)

    assert refused.value.field == "voting_closes"


def test_a_deadline_that_is_past_is_refused(said):
    with pytest.raises(timetables.DeadlineIsPast):
        setting_up.set_timetable(
            **said(), timetable=timetables.suggest(clock.now() - timedelta(days=60))
        )


def test_a_change_after_opening_is_refused_with_day_and_fingerprint(session, admin):
    opened = make.budget_round(session, Phase.ANNOUNCED).budget_round

    with pytest.raises(RulesAreLocked) as refused:
        setting_up.choose_voters(
            by=admin,
            budget_round=opened,
            seen_version=opened.version,
            min_age=18,
            now=clock.now(),
        )

    fingerprint = rounds.frozen_version(session, opened).fingerprint
    assert str(refused.value.values["fingerprint"]).replace(" ", "") == fingerprint[:16]
