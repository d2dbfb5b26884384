"""Fourth check: nobody voted twice and no envelope was lost, as far as numbers can tell."""

from dataclasses import dataclass

from budgeting.ballotbox import bundle_layout as layout
from budgeting.verify import reading
from budgeting.verify.reading import Files
from budgeting.verify.refused_count import (
    BoardSizeDiffers,
    EnvelopesDoNotAddUp,
    MoreEnvelopesThanOnBoard,
    MoreEnvelopesThanVoters,
)
from budgeting.verify.refused_rules import PotMissing, PotUnknown
from budgeting.verify.rule_checks import Rules


@dataclass(frozen=True)
class Numbers:
    """What is said of one pot: people on the roll, envelopes and ballots."""

    pot: str
    on_roll: int
    on_board: int
    envelopes_in: int
    ballots_valid: int
    ballots_invalid: int


def read(files: Files, known: Rules) -> dict[str, Numbers]:
    """Return the numbers of each pot that people voted about, and of no other."""
    spelled = files.record(layout.NUMBERS, pots=list)["pots"]
    with reading.shaped(layout.NUMBERS):
        lines = [Numbers(**reading.record(one, **Numbers.__annotations__)) for one in spelled]
        found = {line.pot: line for line in lines}
        if len(found) < len(lines) or any(_is_negative(line) for line in lines):
            raise ValueError("a pot twice, or fewer than none")
    expected = {pot.name for _, pot in known.pots}
    for pot in sorted(expected - set(found)):
        raise PotMissing(pot=pot)
    for pot in sorted(set(found) - expected):
        raise PotUnknown(pot=pot)
    return found


def check(said: Numbers, entries: int) -> None:
    """Hold the numbers against each other and against the board; raises a BundleRefused."""
    pot, opened = said.pot, said.envelopes_in
    if said.on_board != entries:
        raise BoardSizeDiffers(pot=pot, found=entries, said=said.on_board)
    if opened > entries:
        raise MoreEnvelopesThanOnBoard(pot=pot, found=opened, most=entries)
    if opened > said.on_roll:
        raise MoreEnvelopesThanVoters(pot=pot, found=opened, most=said.on_roll)
    out = said.ballots_valid + said.ballots_invalid
    if out != opened:
        raise EnvelopesDoNotAddUp(pot=pot, found=out, said=opened)


def _is_negative(line: Numbers) -> bool:
    return any(number < 0 for number in vars(line).values() if isinstance(number, int))
