"""What the command line does: count a file, compare rules, or verify a certificate."""

import argparse
import json
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn

from budgeting.tally import command_options, command_table, pabulib, pb_rules
from budgeting.tally.counting import count
from budgeting.tally.election import UnsoundElection
from budgeting.tally.outcome import Outcome, exact_text
from budgeting.tally.pb_values import amount_text
from budgeting.tally.progress import Ticker
from budgeting.tally.settings import DEFAULT_TIES, GreedyOptions, RuleSettings, UnfitSettings
from budgeting.tally.ties import UnsettledTie
from budgeting.vocabulary import BallotType, Completion, LabelledEnum, Rule, Stop, Utility

MALFORMED = 2
INTERRUPTED = 130

_USUAL = {
    BallotType.ORDINAL: Utility.BORDA,
    BallotType.CUMULATIVE: Utility.POINTS,
    BallotType.SCORING: Utility.POINTS,
}


class _OneLineParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line."""
        self.exit(MALFORMED, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str]) -> int:
    """Run the command and answer with its exit code."""
    try:
        if arguments[:1] == ["verify"]:
            return _verify(_verify_parser().parse_args(arguments[1:]))
        return _count(_parser().parse_args(arguments))
    except (pabulib.MalformedFile, UnsoundElection, UnfitSettings, UnsettledTie) as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}")
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED


def _complain(message: str) -> int:
    sys.stderr.write(" ".join(message.split()) + "\n")
    return MALFORMED


def _words(kind: type[LabelledEnum]) -> list[str]:
    """The words a choice is asked by, as they stand in an error's list too."""
    return [one.value for one in kind]


def _parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(
        prog="python -m budgeting.tally",
        description="Count a participatory budget. See also: python -m budgeting.tally verify -h",
        allow_abbrev=False,
    )
    parser.add_argument("file", metavar="FILE.pb", help="an election in Pabulib's format")
    parser.add_argument(
        "--rule", choices=_words(Rule), default=Rule.EQUAL_SHARES, help="how money is given out"
    )
    parser.add_argument(
        "--utility", choices=_words(Utility), help="what a project is worth to a voter"
    )
    parser.add_argument(
        "--completion",
        choices=_words(Completion),
        default=Completion.NONE,
        help="what becomes of money that equal-shares leaves over",
    )
    parser.add_argument(
        "--stop", choices=_words(Stop), default=Stop.OVER_BUDGET, help="when raising shares ends"
    )
    parser.add_argument("--increment", metavar="N", help="raise of add1 in the file's currency")
    parser.add_argument(
        "--ties", default=DEFAULT_TIES, metavar="CHAIN", help="of id, cost, votes, lot:SEED"
    )
    command_options.add_to(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--certificate", metavar="FILE", help="write what anyone can check")
    parser.add_argument("--compare", action="store_true", help="several rules side by side")
    return parser


def _verify_parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(
        prog="python -m budgeting.tally verify",
        description="Check a certificate with fractions alone.",
        allow_abbrev=False,
    )
    parser.add_argument("certificate", metavar="CERTIFICATE")
    parser.add_argument("file", metavar="FILE.pb")
    parser.add_argument(
        "--raises",
        choices=["few", "all", "none"],
        default="few",
        help="recount the raises of add1 before the last one",
    )
    return parser


def _count(chosen: argparse.Namespace) -> int:
    election = pabulib.read(Path(chosen.file))
    settings = _settings(chosen, election)
    if chosen.compare:
        return _compare(election, settings, as_plain=chosen.json)
    with Ticker(sys.stderr) as ticker:
        outcome = count(election.instance, election.profile, settings, progress=ticker.tick)
    if chosen.certificate:
        _write_certificate(Path(chosen.certificate), election, outcome)
    if chosen.json:
        sys.stdout.write(json.dumps(as_json(outcome, election.instance.unit)) + "\n")
    else:
        sys.stdout.write(command_table.table(election, outcome))
    return 0


def _compare(election: pabulib.Election, settings: RuleSettings, *, as_plain: bool) -> int:
    from budgeting.tally import what_if

    chosen = what_if.usual_settings(election.profile.ballot_type, settings)
    if settings.greedy != GreedyOptions():
        chosen = (settings, *chosen)
    views = what_if.compare(election.instance, election.profile, chosen)
    if as_plain:
        sys.stdout.write(json.dumps([what_if.as_json(view) for view in views]) + "\n")
    else:
        sys.stdout.write(command_table.side_by_side(election, views))
    return 0


def _write_certificate(path: Path, election: pabulib.Election, outcome: Outcome) -> None:
    from budgeting.tally import certificates

    certificate = certificates.certify(election.instance, election.profile, outcome)
    path.write_text(json.dumps(certificate, indent=1) + "\n", encoding="utf-8")


def _verify(chosen: argparse.Namespace) -> int:
    from budgeting.tally import verifier

    try:
        certificate = json.loads(Path(chosen.certificate).read_text(encoding="utf-8"))
    except ValueError as error:
        return _complain(f"{chosen.certificate}: expected a certificate in JSON ({error})")
    try:
        done = verifier.verify(certificate, pabulib.read(Path(chosen.file)), chosen.raises)
    except verifier.Rejected as error:
        sys.stderr.write(f"rejected: {' '.join(str(error).split())}\n")
        return 1
    sys.stdout.write("\n".join(["The certificate holds.", *done]) + "\n")
    return 0


def _settings(chosen: argparse.Namespace, election: pabulib.Election) -> RuleSettings:
    if chosen.as_filed:
        filed = pb_rules.settings_of(election.meta, election.instance.unit)
        command_options.refuse_strangers(filed.greedy, election.instance)
        return filed
    settings = RuleSettings(
        rule=chosen.rule,
        utility=chosen.utility or _USUAL.get(election.profile.ballot_type, Utility.COST),
        completion=chosen.completion,
        stop=chosen.stop,
        increment=_increment(chosen.increment, election.instance.unit),
        ties=chosen.ties,
    )
    return command_options.with_options(settings, chosen, election.instance)


def _increment(text: str | None, unit: int) -> int | None:
    if text is None:
        return None
    return pb_rules.amount(text, unit, "--increment")


def money(amount: int, unit: int) -> int | float:
    """An amount in the currency, for JSON."""
    whole, rest = divmod(amount, unit)
    return whole if rest == 0 else float(amount_text(amount, unit))


def as_json(outcome: Outcome, unit: int) -> dict[str, Any]:
    """The outcome with sorted winners and all money in the file's currency."""
    plain = outcome.to_json()
    plain["order"] = plain["winners"]
    plain["winners"] = sorted(outcome.winners)
    for part in [plain, *plain["steps"], *plain["reasons"].values()]:
        _in_currency(part, unit)
    increment = outcome.settings.increment
    plain["settings"]["increment"] = increment if increment is None else money(increment, unit)
    return plain


_WHOLE_MONEY = (
    "total_cost",
    "budget_limit",
    "left",
    "raised_by",
    "cost",
    "left_before",
    "left_after",
    "missing",
    "granted",
)


def _in_currency(part: dict[str, Any], unit: int) -> None:
    for key in _WHOLE_MONEY:
        if part.get(key) is not None:
            part[key] = money(part[key], unit)
    if part.get("supporters_money") is not None:
        part["supporters_money"] = exact_text(Fraction(part["supporters_money"]) / unit)
