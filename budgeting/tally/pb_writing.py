"""Writes an election as the text of a .pb file."""

import csv
import io
from collections import Counter

from budgeting.tally.election import POINTED, Ballot, UnsoundElection
from budgeting.tally.pabulib import Election
from budgeting.tally.pb_values import amount_text, plain_text
from budgeting.vocabulary import BallotType

_VOTE_TYPES = {BallotType.KNAPSACK: "approval"}
_META_FIRST = ("description", "country", "unit", "instance")


def write_text(election: Election) -> str:
    """The whole file."""
    paper = io.StringIO()
    writer = csv.writer(paper, delimiter=";", lineterminator="\n")
    writer.writerows([["META"], ["key", "value"], *_meta_rows(election)])
    writer.writerows([["PROJECTS"], *_project_rows(election)])
    writer.writerows([["VOTES"], *_vote_rows(election)])
    return paper.getvalue()


def _meta_rows(election: Election) -> list[list[str]]:
    instance, profile = election.instance, election.profile
    meta = dict.fromkeys(_META_FIRST, "") | election.meta
    meta["num_projects"] = str(len(instance.projects))
    meta["num_votes"] = str(len(profile.ballots))
    meta["budget"] = amount_text(instance.budget_limit, instance.unit)
    if _reads_as(meta) is not profile.ballot_type:
        meta["vote_type"] = _VOTE_TYPES.get(profile.ballot_type, str(profile.ballot_type))
    if profile.ballot_type is BallotType.KNAPSACK:
        meta.setdefault("max_sum_cost", meta["budget"])
    if instance.currency != "DKK" or meta.get("currency") is None:
        meta["currency"] = instance.currency
    return [[key, plain_text(value)] for key, value in meta.items() if value]


def _reads_as(meta: dict[str, str]) -> BallotType | None:
    word = meta.get("vote_type", "")
    if word in ("approval", "choose-1"):
        return BallotType.KNAPSACK if "max_sum_cost" in meta else BallotType.APPROVAL
    return BallotType(word) if word in ("ordinal", "cumulative", "scoring") else None


def _project_rows(election: Election) -> list[list[str]]:
    votes = Counter(one for ballot in election.profile.ballots for one in _supported(ballot))
    head = ["project_id", "cost", "votes", "name", "area", "categories"]
    rows = [[*head, "selected"] if election.selected else head]
    for project in election.instance.projects:
        _refuse_unwritable(project.id)
        row = [
            project.id,
            amount_text(project.cost, election.instance.unit),
            str(votes[project.id]),
            plain_text(project.name),
            plain_text(project.area),
            ",".join(plain_text(one.replace(",", " ")) for one in project.categories),
        ]
        chosen = election.selected.get(project.id)
        rows.append([*row, "" if chosen is None else str(chosen)] if election.selected else row)
    return rows


def _supported(ballot: Ballot) -> tuple[str, ...]:
    if ballot.points is None:
        return ballot.choices
    return tuple(
        one for one, points in zip(ballot.choices, ballot.points, strict=True) if points > 0
    )


def _refuse_unwritable(project_id: str) -> None:
    if not project_id or project_id != project_id.strip() or "," in project_id:
        raise UnsoundElection(f"a .pb file cannot hold the project id {project_id!r}")


def _vote_rows(election: Election) -> list[list[str]]:
    profile = election.profile
    has_points = profile.ballot_type in POINTED
    head = ["voter_id", "vote", "points"] if has_points else ["voter_id", "vote"]
    rows = [head]
    for number, ballot in enumerate(profile.ballots, start=1):
        row = [str(number), ",".join(ballot.choices)]
        if has_points:
            unit = profile.points_unit
            row.append(",".join(amount_text(one, unit) for one in ballot.points or ()))
        rows.append(row)
    return rows
