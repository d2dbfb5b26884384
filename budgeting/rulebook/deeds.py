"""Who may do what in which phase: the one table that every page and service asks."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from budgeting.refusals import NotYourDeed, WrongPhase
from budgeting.vocabulary import Phase, Role


class Deed(StrEnum):
    """Something a person does to a round, or looks at where not everyone may."""

    KEEP_OWN_ACCOUNT = "keep_own_account"
    KEEP_STAFF = "keep_staff"
    KEEP_MUNICIPALITY = "keep_municipality"
    CREATE_ROUND = "create_round"
    SEE_ADMIN = "see_admin"
    READ_AUDIT = "read_audit"
    SET_UP_ROUND = "set_up_round"
    KEEP_ROLL = "keep_roll"
    OPEN_ROUND = "open_round"
    MAKE_OFFICER_KEY = "make_officer_key"
    SEE_OFFICER_PAGES = "see_officer_pages"
    SEE_OWN_PROPOSALS = "see_own_proposals"
    WRITE_PROPOSAL = "write_proposal"
    SEE_SCREENING = "see_screening"
    SCREEN_PROPOSAL = "screen_proposal"
    FINISH_SCREENING = "finish_screening"
    GROUP_PROJECTS = "group_projects"
    READ_PROJECTS = "read_projects"
    ENTER_BOOTH = "enter_booth"
    CAST_BALLOT = "cast_ballot"
    MARK_PAPER_VOTE = "mark_paper_vote"
    LOOK_UP_RECEIPT = "look_up_receipt"
    SEAL_BALLOT_BOX = "seal_ballot_box"
    COUNT_BALLOTS = "count_ballots"
    PUBLISH_RESULT = "publish_result"
    READ_RESULT = "read_result"
    DESTROY_BALLOT_BOX = "destroy_ballot_box"
    REPLACE_BOARD_KEY = "replace_board_key"
    SEE_COUNCIL_PAGES = "see_council_pages"
    ADOPT_RESULT = "adopt_result"


@dataclass(frozen=True)
class Permission:
    """The roles that may do a deed (None: anyone) and the phases it may be done in."""

    roles: frozenset[Role] | None
    phases: frozenset[Phase]


EVERY_PHASE = frozenset(Phase)
PUBLIC_PHASES = EVERY_PHASE - {Phase.DRAFT}
BEFORE_VOTING = frozenset(
    {
        Phase.DRAFT,
        Phase.ANNOUNCED,
        Phase.PROPOSING,
        Phase.SCREENING,
        Phase.PRESENTING,
    }
)
WITH_PROJECTS = frozenset(
    {
        Phase.PRESENTING,
        Phase.VOTING,
        Phase.COUNTING,
        Phase.DECIDING,
        Phase.REALISING,
        Phase.CLOSED,
    }
)
WITH_RESULT = frozenset({Phase.DECIDING, Phase.REALISING, Phase.CLOSED})


def _may(*roles: Role, during: frozenset[Phase] | set[Phase]) -> Permission:
    return Permission(frozenset(roles) or None, frozenset(during))


PERMISSIONS: dict[Deed, Permission] = {
    Deed.KEEP_OWN_ACCOUNT: _may(Role.CITIZEN, during=EVERY_PHASE),
    Deed.KEEP_STAFF: _may(Role.ADMIN, during=EVERY_PHASE),
    Deed.KEEP_MUNICIPALITY: _may(Role.ADMIN, during=EVERY_PHASE),
    Deed.CREATE_ROUND: _may(Role.ADMIN, during=EVERY_PHASE),
    Deed.SEE_ADMIN: _may(Role.ADMIN, during=EVERY_PHASE),
    Deed.READ_AUDIT: _may(Role.ADMIN, Role.OFFICER, during=EVERY_PHASE),
    Deed.SET_UP_ROUND: _may(Role.ADMIN, during={Phase.DRAFT}),
    Deed.KEEP_ROLL: _may(Role.ADMIN, during=BEFORE_VOTING | {Phase.VOTING}),
    Deed.OPEN_ROUND: _may(Role.ADMIN, during={Phase.DRAFT}),
    Deed.MAKE_OFFICER_KEY: _may(Role.OFFICER, during={Phase.DRAFT}),
    Deed.SEE_OFFICER_PAGES: _may(Role.OFFICER, during=EVERY_PHASE),
    Deed.SEE_OWN_PROPOSALS: _may(Role.CITIZEN, during=EVERY_PHASE),
    Deed.WRITE_PROPOSAL: _may(Role.CITIZEN, during={Phase.PROPOSING}),
    Deed.SEE_SCREENING: _may(Role.CASEWORKER, Role.ADMIN, during=PUBLIC_PHASES),
    Deed.SCREEN_PROPOSAL: _may(Role.CASEWORKER, during={Phase.PROPOSING, Phase.SCREENING}),
    Deed.FINISH_SCREENING: _may(Role.CASEWORKER, Role.ADMIN, during={Phase.SCREENING}),
    Deed.GROUP_PROJECTS: _may(
        Role.CASEWORKER, Role.ADMIN, during={Phase.SCREENING, Phase.PRESENTING}
    ),
    Deed.READ_PROJECTS: _may(during=WITH_PROJECTS),
    Deed.ENTER_BOOTH: _may(during={Phase.VOTING}),
    Deed.CAST_BALLOT: _may(Role.VOTER, during={Phase.VOTING}),
    Deed.MARK_PAPER_VOTE: _may(Role.ADMIN, during={Phase.VOTING}),
    Deed.LOOK_UP_RECEIPT: _may(during=WITH_PROJECTS - {Phase.PRESENTING}),
    Deed.SEAL_BALLOT_BOX: _may(Role.ADMIN, Role.OFFICER, during={Phase.COUNTING}),
    Deed.COUNT_BALLOTS: _may(Role.ADMIN, Role.OFFICER, during={Phase.COUNTING}),
    Deed.PUBLISH_RESULT: _may(Role.ADMIN, during={Phase.COUNTING}),
    Deed.DESTROY_BALLOT_BOX: _may(Role.ADMIN, during=WITH_RESULT),
    Deed.REPLACE_BOARD_KEY: _may(Role.ADMIN, Role.OFFICER, during=EVERY_PHASE),
    Deed.READ_RESULT: _may(during=WITH_RESULT),
    Deed.SEE_COUNCIL_PAGES: _may(Role.COUNCIL, during=PUBLIC_PHASES),
    Deed.ADOPT_RESULT: _may(Role.COUNCIL, during={Phase.DECIDING}),
}

# Whoever does these shows first that it is still them who sits there.
CANNOT_BE_UNDONE = frozenset(
    {
        Deed.OPEN_ROUND,
        Deed.FINISH_SCREENING,
        Deed.SEAL_BALLOT_BOX,
        Deed.COUNT_BALLOTS,
        Deed.PUBLISH_RESULT,
        Deed.ADOPT_RESULT,
        Deed.DESTROY_BALLOT_BOX,
    }
)


# What the end of the voting decides about; all servers ask one clock, that of the database.
AT_THE_DEADLINE = frozenset(
    {Deed.CAST_BALLOT, Deed.MARK_PAPER_VOTE, Deed.SEAL_BALLOT_BOX, Deed.COUNT_BALLOTS}
)


def has_role_for(deed: Deed, roles: Collection[Role]) -> bool:
    """Whether one of these roles may do the deed in some phase."""
    needed = PERMISSIONS[deed].roles
    return needed is None or bool(needed & set(roles))


def is_in_phase_for(deed: Deed, phase: Phase) -> bool:
    """Whether the deed may be done in this phase."""
    return phase in PERMISSIONS[deed].phases


def check(deed: Deed, roles: Collection[Role], phase: Phase | None) -> None:
    """Refuse the deed unless a role and the phase allow it; no phase, no round to ask."""
    if not has_role_for(deed, roles):
        raise NotYourDeed()
    if phase is not None and not is_in_phase_for(deed, phase):
        raise WrongPhase(phase=phase.label)
