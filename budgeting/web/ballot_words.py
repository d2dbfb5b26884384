"""What a voter does on each kind of ballot: in a line for the set-up, in sentences for everyone."""

from flask_babel import gettext, ngettext

from budgeting.rulebook import ballots
from budgeting.rulebook.rules import BallotRule
from budgeting.vocabulary import BallotType


def briefly(rule: BallotRule) -> str:
    """Say what a voter does: ``Sæt kryds ved 1-3 projekter``."""
    match rule.ballot_type:
        case BallotType.KNAPSACK:
            return gettext("Fordel puljen: vælg projekter, så længe der er penge til dem")
        case BallotType.CUMULATIVE:
            return _votes_briefly(rule)
        case BallotType.SCORING:
            return _points_briefly(rule)
        case BallotType.ORDINAL:
            return ngettext(
                "Vælg %(number)s projekt",
                "Sæt %(number)s projekter i rækkefølge",
                rule.max_choices,
                number=_range(rule.min_choices, rule.max_choices),
            )
        case _:
            return ngettext(
                "Sæt kryds ved %(number)s projekt",
                "Sæt kryds ved %(number)s projekter",
                rule.max_choices,
                number=_range(rule.min_choices, rule.max_choices),
            )


def sentences(rule: BallotRule, projects: int) -> list[str]:
    """Tell everyone how to vote; ``projects`` is how many stand on the longest ballot, or 0."""
    low, high = ballots.limits(rule, projects) if projects else (rule.min_choices, rule.max_choices)
    match rule.ballot_type:
        case BallotType.KNAPSACK:
            return [
                gettext(
                    "Vælg så mange projekter, du vil, så længe de tilsammen ikke koster mere, end "
                    "der er i puljen."
                )
            ]
        case BallotType.CUMULATIVE:
            return _spread(rule)
        case BallotType.SCORING:
            return _score(rule)
        case BallotType.ORDINAL:
            return [_rank(low, high, projects)]
        case _:
            return [_tick(low, high, projects)]


def _votes_briefly(rule: BallotRule) -> str:
    return ngettext(
        "Giv din ene stemme til et projekt",
        "Fordel %(num)d stemmer, højst %(most)s til hvert projekt",
        rule.votes_each,
        most=rule.most_per_project,
    )


def _points_briefly(rule: BallotRule) -> str:
    scale = {"low": rule.lowest_points, "high": rule.highest_points}
    if rule.must_score_all:
        return gettext("Giv alle projekter fra %(low)s til %(high)s point", **scale)
    return ngettext(
        "Giv mindst %(num)d projekt fra %(low)s til %(high)s point",
        "Giv mindst %(num)d projekter fra %(low)s til %(high)s point",
        rule.min_choices,
        **scale,
    )


def _spread(rule: BallotRule) -> list[str]:
    votes, most = rule.votes_each, rule.most_per_project
    if votes == 1:
        return [gettext("Du har én stemme. Giv den til det projekt, du helst vil have.")]
    told = [gettext("Du har %(votes)s stemmer at fordele.", votes=votes)]
    if most == 1:
        told.append(gettext("Du kan give hvert projekt én stemme."))
    elif most == votes:
        told.append(gettext("De må godt gå til det samme projekt alle sammen."))
    else:
        told.append(gettext("Du kan give det samme projekt op til %(most)s stemmer.", most=most))
    return [" ".join(told), gettext("Du behøver ikke bruge alle dine stemmer.")]


def _score(rule: BallotRule) -> list[str]:
    scale = gettext(
        "Giv projekterne fra %(low)s til %(high)s point. Jo bedre du synes om et projekt, jo flere "
        "point.",
        low=rule.lowest_points,
        high=rule.highest_points,
    )
    if rule.must_score_all:
        return [
            scale,
            gettext("Din stemme tæller kun, hvis du har givet point til alle projekter."),
        ]
    least = ngettext(
        "Giv point til mindst %(num)d projekt.",
        "Giv point til mindst %(num)d projekter.",
        rule.min_choices,
    )
    return [scale, least]


def _tick(low: int, high: int, projects: int) -> str:
    if low == high:
        return ngettext("Sæt kryds ved ét projekt.", "Sæt kryds ved %(num)d projekter.", low)
    if high == projects:
        return ngettext(
            "Sæt kryds ved et projekt eller flere. Du må vælge lige så mange, du vil.",
            "Sæt kryds ved mindst %(num)d projekter. Du må gerne vælge flere.",
            low,
        )
    return gettext("Sæt kryds ved mindst %(low)s og højst %(high)s projekter.", low=low, high=high)


def _rank(low: int, high: int, projects: int) -> str:
    if low == high:
        return ngettext(
            "Vælg det projekt, du helst vil have.",
            "Sæt %(num)d projekter i rækkefølge. Det bedste står øverst.",
            low,
        )
    if high == projects:
        return ngettext(
            "Sæt et projekt eller flere i rækkefølge. Det bedste står øverst.",
            "Sæt mindst %(num)d projekter i rækkefølge. Det bedste står øverst.",
            low,
        )
    return gettext(
        "Sæt mindst %(low)s og højst %(high)s projekter i rækkefølge. Det bedste står øverst.",
        low=low,
        high=high,
    )


def _range(low: int, high: int) -> str:
    return str(high) if low == high else f"{low}-{high}"
