"""Moving projects up, down, on to and off the voter's own order."""

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class Move:
    """What a button asks for: add, up, down or remove, and the project it is about."""

    verb: str
    project: str


def read(text: str) -> Move:
    """Return the move behind a button's value, such as ``up:12``; anything else moves nothing."""
    verb, _, project = text.partition(":")
    return Move(verb, project)


def apply(choices: tuple[str, ...], move: Move) -> tuple[str, ...]:
    """Return the order after the move; a move that cannot be made changes nothing."""
    if move.verb == "add":
        return choices if move.project in choices else (*choices, move.project)
    if move.project not in choices:
        return choices
    rest = tuple(chosen for chosen in choices if chosen != move.project)
    if move.verb == "remove":
        return rest
    steps = {"up": -1, "down": 1}.get(move.verb, 0)
    place = max(0, choices.index(move.project) + steps)
    return (*rest[:place], move.project, *rest[place:])
