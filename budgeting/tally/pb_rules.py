"""How the ballots of a .pb file are counted, written into its META section and read back.

Pabulib's key ``rule`` names greedy, greedy-no-skip, greedy-threshold, greedy-custom and
equalshares with its completion. What it has no words for stands under keys of our own:

    utility, stop, ties      as RuleSettings has them
    increment                of add1, in the currency
    comparison               number or cost: held against greedy
    skip                     1: phragmen passes over what does not fit
    no_skip                  1: stop at the first that does not fit
    least_votes, least_points, least_share, reserve_share
    exclusive_groups         [["1","3"]]: of each at most one project is funded
    accepts_partly           {"4":"49300"}: least amounts, in the currency
    caps                     [["area","Nordby","50000"]]: most money, in the currency
"""

import json
from dataclasses import replace
from typing import Any

from budgeting.tally.pb_values import amount_text, read_number
from budgeting.tally.settings import Cap, GreedyOptions, RuleSettings, UnfitSettings
from budgeting.vocabulary import Completion, Rule

_NAMES = {Rule.EQUAL_SHARES: "equalshares"}
_RULES = {"equalshares": Rule.EQUAL_SHARES, "mes": Rule.EQUAL_SHARES}
_SHARES = ("least_share", "reserve_share")
_NUMBERS = ("least_votes", "least_points")


def as_meta(settings: RuleSettings, unit: int) -> dict[str, str]:
    """The keys that say how ballots are counted; what is not used is left out."""
    greedy = settings.greedy
    words = {
        "rule": _rule_name(settings),
        "utility": str(settings.utility),
        "stop": str(settings.stop),
        "ties": settings.ties,
        "increment": amount_text(settings.increment, unit) if settings.increment else "",
        "comparison": settings.compare or "",
        "skip": "1" if settings.skip else "",
        "no_skip": "1" if greedy.no_skip else "",
        **{name: str(getattr(greedy, name) or "") for name in (*_NUMBERS, *_SHARES)},
        "exclusive_groups": _json([list(group) for group in greedy.exclusive_groups]),
        "accepts_partly": _json(
            {one: amount_text(least, unit) for one, least in greedy.accepts_partly}
        ),
        "caps": _json([[cap.kind, cap.name, amount_text(cap.limit, unit)] for cap in greedy.caps]),
    }
    return {key: word for key, word in words.items() if word}


def settings_of(meta: dict[str, str], unit: int) -> RuleSettings:
    """Read back what ``as_meta`` wrote; raises UnfitSettings with what is wrong in META."""
    name, _, completion = meta.get("rule", "").strip().lower().partition("/")
    if not name:
        raise UnfitSettings("META names no rule")
    greedy = options_of(meta, unit)
    if name == "greedy-no-skip":
        greedy = replace(greedy, no_skip=True)
    found = {key: meta[key] for key in ("utility", "stop", "ties") if meta.get(key)}
    increment = meta.get("increment")
    return RuleSettings(
        rule=_RULES.get(name, Rule.GREEDY if name.startswith("greedy") else name),  # type: ignore[arg-type]
        completion=completion or Completion.NONE,  # type: ignore[arg-type]
        increment=amount(increment, unit, "increment") if increment else None,
        compare=meta.get("comparison") or None,
        skip=_switch(meta, "skip"),
        greedy=greedy,
        **found,  # type: ignore[arg-type]
    )


def options_of(meta: dict[str, str], unit: int) -> GreedyOptions:
    """The options of greedy that META names."""
    return GreedyOptions(
        no_skip=_switch(meta, "no_skip"),
        exclusive_groups=tuple(tuple(one) for one in _groups(meta)),
        accepts_partly=tuple(
            (one, amount(least, unit, "accepts_partly")) for one, least in _accepts(meta).items()
        ),
        caps=tuple(
            Cap(kind, name, amount(limit, unit, "caps")) for kind, name, limit in _caps(meta)
        ),
        **{name: _number(meta, name) for name in _NUMBERS},  # type: ignore[arg-type]
        **{name: meta.get(name) or None for name in _SHARES},  # type: ignore[arg-type]
    )


def amount(text: Any, unit: int, key: str) -> int:
    """Read an amount of money above zero."""
    number = read_number(text) if isinstance(text, str) else None
    if number is None or number <= 0 or (number * unit).denominator != 1:
        raise UnfitSettings(f"{key}: expected an amount of money above zero, not {text!r}")
    return int(number * unit)


def _rule_name(settings: RuleSettings) -> str:
    if settings.rule is Rule.GREEDY:
        return _greedy_name(settings.greedy)
    name = _NAMES.get(settings.rule, str(settings.rule))
    return name if settings.completion is Completion.NONE else f"{name}/{settings.completion}"


def _greedy_name(options: GreedyOptions) -> str:
    """Pabulib's name; one of its own only where nothing else is added."""
    if options == GreedyOptions():
        return "greedy"
    if options == GreedyOptions(no_skip=True):
        return "greedy-no-skip"
    has_more = replace(options, least_votes=None, least_points=None, least_share=None)
    return "greedy-threshold" if has_more == GreedyOptions() else "greedy-custom"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def _switch(meta: dict[str, str], key: str) -> bool:
    text = meta.get(key, "")
    if text not in ("", "0", "1"):
        raise UnfitSettings(f"{key}: expected 1 or nothing, not {text!r}")
    return text == "1"


def _number(meta: dict[str, str], key: str) -> int | None:
    text = meta.get(key, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise UnfitSettings(f"{key}: expected a whole number, not {text!r}")
    return int(text)


def _groups(meta: dict[str, str]) -> list[list[str]]:
    groups = _read_json(meta, "exclusive_groups", list, "[]")
    if not all(_is_texts(group) for group in groups):
        raise UnfitSettings('exclusive_groups: expected lists of project ids like [["1","3"]]')
    return groups


def _accepts(meta: dict[str, str]) -> dict[str, Any]:
    return _read_json(meta, "accepts_partly", dict, "{}")


def _caps(meta: dict[str, str]) -> list[list[str]]:
    caps = _read_json(meta, "caps", list, "[]")
    if not all(_is_texts(cap) and len(cap) == 3 for cap in caps):
        raise UnfitSettings('caps: expected entries like [["area","Nordby","50000"]]')
    return caps


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _read_json(meta: dict[str, str], key: str, kind: type, nothing: str) -> Any:
    try:
        value = json.loads(meta.get(key) or nothing)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, kind):
        raise UnfitSettings(f"{key}: expected {nothing} with entries, not {meta[key][:40]!r}")
    return value
