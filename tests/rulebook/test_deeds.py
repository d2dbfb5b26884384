"""One table says who may do what, when; here it is read back in sentences."""

import pytest

from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.rulebook import deeds
from budgeting.rulebook.deeds import PERMISSIONS, Deed
from budgeting.vocabulary import Phase, Role


def test_every_deed_has_its_line():
    assert set(PERMISSIONS) == set(Deed)


def test_every_deed_may_be_done_in_some_phase():
    assert all(permission.phases for permission in PERMISSIONS.values())


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("role", Role)
def test_a_deed_is_allowed_exactly_by_role_and_phase(deed, phase, role):
    permission = PERMISSIONS[deed]
    has_role = permission.roles is None or role in permission.roles

    if not has_role:
        with pytest.raises(NotYourDeed):
            deeds.check(deed, {role}, phase)
    elif phase not in permission.phases:
        with pytest.raises(WrongPhase):
            deeds.check(deed, {role}, phase)
    else:
        deeds.check(deed, {role}, phase)


@pytest.mark.parametrize(
    ("deed", "role", "phases"),
    [
        (Deed.WRITE_PROPOSAL, Role.CITIZEN, {Phase.PROPOSING}),
        (Deed.CAST_BALLOT, Role.VOTER, {Phase.VOTING}),
        (Deed.SET_UP_ROUND, Role.ADMIN, {Phase.DRAFT}),
        (Deed.COUNT_BALLOTS, Role.ADMIN, {Phase.COUNTING}),
        (Deed.ADOPT_RESULT, Role.COUNCIL, {Phase.DECIDING}),
    ],
)
def test_the_deeds_that_move_money_are_open_in_one_phase_only(deed, role, phases):
    assert {phase for phase in Phase if deeds.is_in_phase_for(deed, phase)} == phases
    assert deeds.has_role_for(deed, {role})
    assert not deeds.has_role_for(deed, {Role.VISITOR})


def test_nobody_reads_a_result_before_it_is_published():
    before = {Phase.DRAFT, Phase.ANNOUNCED, Phase.PROPOSING, Phase.SCREENING}
    before |= {Phase.PRESENTING, Phase.VOTING, Phase.COUNTING}

    assert not before & PERMISSIONS[Deed.READ_RESULT].phases
