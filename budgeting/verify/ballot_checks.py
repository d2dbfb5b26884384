"""Fifth check: every ballot keeps to the rules, and the projects are those that were voted on."""

from budgeting.ballotbox import bundle_layout as layout
from budgeting.rulebook import ballots
from budgeting.rulebook.ballots import Paper
from budgeting.rulebook.rules import PotRule
from budgeting.tally import UnsoundElection, pabulib
from budgeting.tally.pabulib import Election
from budgeting.tally.pb_values import plain_text
from budgeting.verify.number_checks import Numbers
from budgeting.verify.reading import Files
from budgeting.verify.refused_count import (
    BallotFileUnreadable,
    BallotInvalid,
    BallotsDoNotAddUp,
    BallotsOfAnotherRound,
    BallotTypeDiffers,
    BudgetDiffers,
    ProjectsDiffer,
)
from budgeting.verify.rule_checks import ListedProject, Rules

OERE = 100
FINGERPRINT_KEY = "rulebook_sha256"


def check(files: Files, known: Rules, number: int, said: Numbers) -> Election:
    """Return the election that a pot's ballots make; raises a BundleRefused."""
    pot = known.rulebook.pots[number - 1]
    election = _read(files.content(layout.of_pot(number, layout.BALLOTS)), pot.name)
    if election.meta.get(FINGERPRINT_KEY) != known.fingerprint:
        raise BallotsOfAnotherRound(pot=pot.name)
    if election.profile.ballot_type is not known.rulebook.ballot.ballot_type:
        raise BallotTypeDiffers(pot=pot.name)
    _check_money(election, known, pot)
    _check_projects(election, known, pot)
    found = len(election.profile.ballots)
    if found != said.ballots_valid:
        raise BallotsDoNotAddUp(pot=pot.name, found=found, said=said.ballots_valid)
    _check_ballots(election, known, pot)
    return election


def _read(content: bytes, pot: str) -> Election:
    try:
        return pabulib.read(content)
    except pabulib.MalformedFile as malformed:
        raise BallotFileUnreadable(pot=pot, line=malformed.line) from None
    except UnsoundElection:
        raise BallotFileUnreadable(pot=pot, line=1) from None


def _check_money(election: Election, known: Rules, pot: PotRule) -> None:
    instance = election.instance
    is_same = instance.budget_limit == pot.budget_limit_oere and instance.unit == OERE
    if not is_same or instance.currency != known.rulebook.currency:
        raise BudgetDiffers(pot=pot.name)


def _check_projects(election: Election, known: Rules, pot: PotRule) -> None:
    """Each project has the id, the cost and the title it had on the ballot, and none is new."""
    reads_places = bool(known.rulebook.tally.caps)
    wanted = {one.id: _as_listed(one) for one in known.listed[pot.name]}
    found = {
        one.id: (one.cost, one.name, *((one.area, one.categories) if reads_places else ()))
        for one in election.instance.projects
    }
    for project in sorted(wanted.keys() | found.keys()):
        if wanted.get(project) != found.get(project):
            raise ProjectsDiffer(project=project, pot=pot.name)


def _as_listed(project: ListedProject) -> tuple[object, ...]:
    """Return a project as its line in the file must read; its place only where it is known."""
    place: tuple[object, ...] = ()
    if project.area is not None:
        categories = tuple(plain_text(one.replace(",", " ")) for one in project.categories)
        place = (plain_text(project.area), categories)
    return (project.cost_oere, plain_text(project.title), *place)


def paper_of(known: Rules, pot: PotRule) -> Paper:
    """Return the pot's ballot as it was fixed, with the pot's sum as the rules have it."""
    costs = {one.id: one.cost_oere for one in known.listed[pot.name]}
    return Paper(costs, pot.budget_limit_oere)


def _check_ballots(election: Election, known: Rules, pot: PotRule) -> None:
    """Ask the rulebook about each ballot; those that read alike are one object, asked once."""
    paper = paper_of(known, pot)
    passed: set[int] = set()
    for number, ballot in enumerate(election.profile.ballots, start=1):
        if id(ballot) in passed:
            continue
        try:
            ballots.check(ballot.choices, known.rulebook.ballot, paper, ballot.points)
        except ballots.InvalidBallot as invalid:
            raise BallotInvalid(number=number, pot=pot.name, why=invalid) from None
        passed.add(id(ballot))
