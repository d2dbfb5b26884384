"""A pot's result as the pages show it: heading, bar, lists with reasons, the step in view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext, ngettext

from budgeting.models import Decision, Project
from budgeting.services import turnout
from budgeting.services.results import PotResult
from budgeting.services.turnout import PotTurnout
from budgeting.web import formats
from budgeting.web.bars import percent
from budgeting.web.results import reasons, steps, wording
from budgeting.web.results.steps import StepLine

# A piece of the bar narrower than this part of it has no room for its number.
ROOM_FOR_NUMBER = 20


@dataclass(frozen=True)
class Piece:
    """A funded project as a piece of the pot's bar, with the number it has in the list."""

    number: int
    x: str
    middle: str
    width: str
    has_room: bool
    is_in_view: bool = False


@dataclass(frozen=True)
class ProjectLine:
    """One project with its Hvorfor, and the council's word where there is one."""

    number: int | None
    project: Project
    why: str
    is_recommended: bool
    decision: Decision | None

    @property
    def gets_money(self) -> bool:
        """Whether the project gets money: as the council decided, else as the vote says."""
        return self.decision.adopted if self.decision else self.is_recommended

    @property
    def is_departure(self) -> bool:
        """Whether the council decided otherwise than the vote."""
        return self.decision is not None and self.decision.is_departure

    @property
    def is_in_part(self) -> bool:
        """Whether the vote gives the project only a part of what it costs."""
        return self.project.granted_oere is not None

    @property
    def paid_oere(self) -> int:
        """What the project gets; nothing where it gets no money."""
        return self.project.paid_oere if self.gets_money else 0

    @property
    def vote_says(self) -> str:
        """What the vote says of the project, in two or three words."""
        return _gets(self.is_recommended, in_part=self.is_in_part)

    @property
    def council_says(self) -> str:
        """What the council says of it, and before it has decided what the vote says."""
        return _gets(self.gets_money, in_part=self.is_in_part)


@dataclass(frozen=True)
class StepView:
    """The step in view with the numbers of its neighbours, and the bar as it was then."""

    line: StepLine
    of: int
    previous: int | None
    following: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PotStory:
    """Everything a page tells of one pot."""

    result: PotResult
    funded: list[ProjectLine]
    unfunded: list[ProjectLine]
    pieces: tuple[Piece, ...]
    spent_oere: int
    left_oere: int
    reserve_oere: int
    introduction: list[str]
    steps: list[StepLine]
    step: StepView | None
    ties: list[str]
    turnout: str
    facts: list[tuple[str, str]]
    support_heading: str

    @property
    def lines(self) -> list[ProjectLine]:
        """Every project, those with money first."""
        return self.funded + self.unfunded

    @property
    def departures(self) -> list[ProjectLine]:
        """Where the council decided otherwise than the vote."""
        return [line for line in self.lines if line.is_departure]


def _gets(
    is_funded: bool,  # noqa: FBT001 - a fact, not a switch
    *,
    in_part: bool,
) -> str:
    if not is_funded:
        return gettext("Får ikke penge")
    return gettext("Får en del") if in_part else gettext("Får penge")


def told(
    result: PotResult, decisions: Mapping[int, Decision] | None = None, step_number: int = 1
) -> PotStory:
    """Tell a pot's result; with the council's decisions by project id once it has made them."""
    funded, unfunded = _lines(result, decisions or {})
    spent = sum(line.paid_oere for line in funded)
    limit = result.outcome.budget_limit
    whole = max(limit, spent)
    step_lines = steps.lines_of(result)
    voted = PotTurnout(result.pot, result.count.envelopes_in, result.count.voters_entitled)
    return PotStory(
        result=result,
        funded=funded,
        unfunded=unfunded,
        pieces=_cut(whole, [line.paid_oere for line in funded]),
        spent_oere=spent,
        left_oere=whole - spent,
        reserve_oere=whole - limit,
        introduction=steps.introduction(result),
        steps=step_lines,
        step=_step_view(limit, step_lines, step_number),
        ties=steps.ties_told(result),
        turnout=turnout_words(voted),
        facts=_facts(result, voted),
        support_heading=wording.support_heading(result),
    )


def heading(number: int, *, is_decided: bool) -> str:
    """Say the outcome: how many projects get money, or stand to get it."""
    if not number:
        return gettext("Ingen projekter får penge denne gang")
    if is_decided:
        return ngettext("%(num)d projekt får penge", "%(num)d projekter får penge", number)
    return ngettext(
        "%(num)d projekt står til at få penge", "%(num)d projekter står til at få penge", number
    )


def money_words(stories: Sequence[PotStory]) -> str:
    """Say how much of all the money was given out."""
    if not stories:
        return ""
    currency = stories[0].result.currency
    values = {
        "spent": formats.kr(sum(one.spent_oere for one in stories), currency),
        "limit": formats.kr(sum(one.result.outcome.budget_limit for one in stories), currency),
    }
    if reserve := sum(one.reserve_oere for one in stories):
        return gettext(
            "Projekterne får %(spent)s tilsammen. Der er %(limit)s at dele ud af, og %(reserve)s "
            "kommer fra reserven.",
            reserve=formats.kr(reserve, currency),
            **values,
        )
    if any(line.is_in_part for one in stories for line in one.funded):
        return gettext(
            "Projekterne får %(spent)s tilsammen, og der er %(limit)s at dele ud af.", **values
        )
    return gettext(
        "Projekterne koster %(spent)s tilsammen, og der er %(limit)s at dele ud af.", **values
    )


def pot_heading(told_pot: PotStory, *, is_alone: bool, is_decided: bool) -> str:
    """Head a pot's section; where it is the only one, the page's own heading tells the outcome."""
    pot = told_pot.result.pot
    if is_alone:
        return gettext(
            "%(pot)s på %(sum)s",
            pot=pot.name,
            sum=formats.kr(pot.budget_limit_oere, told_pot.result.currency),
        )
    return f"{pot.name}: {heading(len(told_pot.funded), is_decided=is_decided)}"


def turnout_words(voted: PotTurnout) -> str:
    """Say how many voted; few people are not counted out loud."""
    if voted.is_few:
        return gettext("Færre end %(few)s har stemt", few=turnout.FEWEST_SHOWN)
    if voted.pot.budget_round.source and voted.handed_in == voted.entitled:
        return gettext("%(voted)s stemte", voted=formats.number(voted.handed_in))
    return gettext(
        "%(voted)s af %(entitled)s på valglisten stemte, det er %(share)s",
        voted=formats.number(voted.handed_in),
        entitled=formats.number(voted.entitled),
        share=formats.share(voted.handed_in, voted.entitled),
    )


def _facts(result: PotResult, voted: PotTurnout) -> list[tuple[str, str]]:
    """Return the numbers of the count, so that anyone sees that what went in came out."""
    facts = [(gettext("Deltagelse"), turnout_words(voted))]
    if voted.is_few:
        return facts
    return [
        *facts,
        (gettext("Kuverter i urnen"), formats.number(result.count.envelopes_in)),
        *([(gettext("På papir"), formats.number(voted.on_paper))] if voted.on_paper else []),
        (gettext("Gyldige stemmesedler"), formats.number(result.count.ballots_valid)),
        (gettext("Ugyldige stemmesedler"), formats.number(result.count.ballots_invalid)),
    ]


def _lines(
    result: PotResult, decisions: Mapping[int, Decision]
) -> tuple[list[ProjectLine], list[ProjectLine]]:
    """Return those with money in the order they got it, and the others as they came in."""
    others = [project for project in result.projects if project not in result.recommended]
    funded: list[ProjectLine] = []
    unfunded: list[ProjectLine] = []
    for project in [*result.recommended, *others]:
        line = ProjectLine(
            number=None,
            project=project,
            why=reasons.why(result, project),
            is_recommended=project in result.recommended,
            decision=decisions.get(project.id),
        )
        (funded if line.gets_money else unfunded).append(line)
    unfunded.sort(key=lambda line: line.project.id)
    return [replace(line, number=number) for number, line in enumerate(funded, 1)], unfunded


def _step_view(limit: int, lines: list[StepLine], wanted: int) -> StepView | None:
    if not lines:
        return None
    number = min(max(wanted, 1), len(lines))
    funded = [line for line in lines[:number] if line.is_funded]
    line = lines[number - 1]
    return StepView(
        line=line,
        of=len(lines),
        previous=number - 1 if number > 1 else None,
        following=number + 1 if number < len(lines) else None,
        pieces=_cut(
            limit,
            [one.before_oere - one.after_oere for one in funded],
            in_view=len(funded) if line.is_funded else None,
        ),
    )


def _cut(limit: int, costs: list[int], in_view: int | None = None) -> tuple[Piece, ...]:
    pieces = []
    before = 0
    for number, cost in enumerate(costs, 1):
        pieces.append(
            Piece(
                number=number,
                x=percent(before, limit),
                middle=percent(2 * before + cost, 2 * limit),
                width=percent(cost, limit),
                has_room=cost * ROOM_FOR_NUMBER >= limit,
                is_in_view=number == in_view,
            )
        )
        before += cost
    return tuple(pieces)
