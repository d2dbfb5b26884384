"""The options of the rules on the command line, or as a file's own META names them."""

import argparse
from dataclasses import replace

from budgeting.tally import pb_rules
from budgeting.tally.election import Instance
from budgeting.tally.settings import Cap, GreedyOptions, RuleSettings, UnfitSettings
from budgeting.vocabulary import Rule


def add_to(parser: argparse.ArgumentParser) -> None:
    """The flags; each belongs to one rule."""
    parser.add_argument("--comparison", choices=["number", "cost"], help="equal-shares: or greedy")
    parser.add_argument("--skip", action="store_true", help="phragmen: pass over what does not fit")
    parser.add_argument(
        "--as-filed", action="store_true", help="rule and options as the file's META names them"
    )
    greedy = parser.add_argument_group("options of --rule greedy")
    greedy.add_argument("--no-skip", action="store_true", help="stop at the first misfit")
    greedy.add_argument("--least-votes", type=_whole, metavar="N")
    greedy.add_argument("--least-points", type=_whole, metavar="N")
    greedy.add_argument("--least-share", metavar="SHARE", help="of the voters, as 1/20")
    greedy.add_argument(
        "--reserve", metavar="SHARE", help="fund the first misfit if so much of it is left, as 4/5"
    )
    greedy.add_argument(
        "--exclusive", action="append", default=[], metavar="ID,ID", help="of these at most one"
    )
    greedy.add_argument(
        "--partly", action="append", default=[], metavar="ID=AMOUNT", help="least amount accepted"
    )
    greedy.add_argument(
        "--cap", action="append", default=[], metavar="area:NAME=AMOUNT", help="or category:NAME"
    )


def with_options(
    settings: RuleSettings, chosen: argparse.Namespace, instance: Instance
) -> RuleSettings:
    """The settings with what the flags add; raises UnfitSettings where they do not go together."""
    greedy = _greedy(chosen, instance.unit)
    for wanted, rule, name in (
        (greedy != GreedyOptions(), Rule.GREEDY, "an option of greedy"),
        (chosen.comparison, Rule.EQUAL_SHARES, "--comparison"),
        (chosen.skip, Rule.PHRAGMEN, "--skip"),
    ):
        if wanted and settings.rule is not rule:
            raise UnfitSettings(f"{name} goes with --rule {rule}, not with {settings.rule}")
    found = replace(settings, greedy=greedy, compare=chosen.comparison, skip=chosen.skip)
    refuse_strangers(found.greedy, instance)
    return found


def refuse_strangers(greedy: GreedyOptions, instance: Instance) -> None:
    """Refuse options about projects, areas or categories that are not in the file."""
    known = {one.id for one in instance.projects}
    named = {one for group in greedy.exclusive_groups for one in group}
    named |= {one for one, _ in greedy.accepts_partly}
    for one in sorted(named - known):
        raise UnfitSettings(f"no project {one!r} in the file")
    places = {("area", one.area) for one in instance.projects}
    places |= {("category", name) for one in instance.projects for name in one.categories}
    for cap in greedy.caps:
        if (cap.kind, cap.name) not in places:
            raise UnfitSettings(f"no project of the {cap.kind} {cap.name!r} in the file")


def _greedy(chosen: argparse.Namespace, unit: int) -> GreedyOptions:
    return GreedyOptions(
        no_skip=chosen.no_skip,
        least_votes=chosen.least_votes,
        least_points=chosen.least_points,
        least_share=chosen.least_share,
        reserve_share=chosen.reserve,
        exclusive_groups=tuple(_group(text) for text in chosen.exclusive),
        accepts_partly=tuple(_part(text, unit) for text in chosen.partly),
        caps=tuple(_cap(text, unit) for text in chosen.cap),
    )


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"expected a whole number, not {text!r}")
    return int(text[:18])


def _group(text: str) -> tuple[str, ...]:
    group = tuple(one.strip() for one in text.split(","))
    if len(set(group)) < 2 or not all(group):
        raise UnfitSettings(f"--exclusive: expected two or more project ids, not {text!r}")
    return group


def _part(text: str, unit: int) -> tuple[str, int]:
    project_id, mark, least = text.rpartition("=")
    if not mark:
        raise UnfitSettings(f"--partly: expected ID=AMOUNT, not {text!r}")
    return project_id, pb_rules.amount(least, unit, "--partly")


def _cap(text: str, unit: int) -> Cap:
    place, mark, limit = text.rpartition("=")
    kind, colon, name = place.partition(":")
    if not mark or not colon:
        raise UnfitSettings(f"--cap: expected area:NAME=AMOUNT, not {text!r}")
    return Cap(kind, name, pb_rules.amount(limit, unit, "--cap"))
