"""How many officers hold keys to a round's ballot box, and how many of them open it."""

from itertools import combinations

ONE, THREE = 1, 3
CHOICES = (THREE, ONE)
_NEEDED = {ONE: 1, THREE: 2}


def needed(officers: int) -> int:
    """Return how many of the officers must be together to open the box."""
    return _NEEDED[officers]


def pairs(officers: int) -> tuple[tuple[int, int], ...]:
    """Return every pair of officers that opens the box together; none where one opens alone."""
    if needed(officers) == ONE:
        return ()
    return tuple(combinations(range(officers), 2))
