"""The float kernel of Phragmen's rule: loads with a carried error bound.

Every float load is within ``error`` of the exact one. A project's load is the mean of its
supporters' loads plus its cost per supporter, and a mean is never further off than its
worst part; so ``error`` grows by the rounding of the sums alone. Loads never fall, so an
old lower bound stays one, and a project is looked at again only when it could still win.
Where brackets overlap, ``phragmen`` compares exact fractions.
"""

# numba takes columns one by one and finds their types at the first call.
# ruff: noqa: ANN001, ANN201, C901, PLR0913
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

EPSILON = 2.3e-16
STANDING, BOUGHT, OUT = 0, 1, 2


def look_around(support, cost, load, low, high, status, error, doubts):
    """Fill ``doubts`` with every place that may come first or second; answers how many."""
    best = -1.0
    second = -1.0
    for place in range(len(cost)):
        high[place] = -1.0
    while True:
        near = -1
        for place in range(len(cost)):
            is_open = status[place] == STANDING and high[place] < 0.0
            if is_open and (near < 0 or low[place] < low[near]):
                near = place
        if near < 0 or (second >= 0.0 and low[near] > second):
            break
        bracket(near, support, cost[near], load, low, high, error)
        if best < 0.0 or high[near] < best:
            second = best
            best = high[near]
        elif second < 0.0 or high[near] < second:
            second = high[near]
    found = 0
    for place in range(len(cost)):
        was_seen = status[place] == STANDING and high[place] >= 0.0
        if was_seen and (second < 0.0 or low[place] <= second):
            doubts[found] = place
            found += 1
    return found


def bracket(place, support, cost, load, low, high, error):
    """Bracket the load a project would leave on its supporters."""
    start, group, size = support
    total = cost
    scale = cost
    voters = 0.0
    for at in range(start[place], start[place + 1]):
        one = group[at]
        weight = size[one]
        voters += weight
        total += weight * load[one]
        scale += weight * abs(load[one])
    mean = total / voters
    width = error + (start[place + 1] - start[place] + 16.0) * 2.0 * EPSILON * scale / voters
    if mean - width > low[place]:
        low[place] = mean - width
    high[place] = mean + width if mean + width > 0.0 else 0.0


def take(place, support, load, last_of, mean, step):
    """Put the load of a purchase on its supporters."""
    start, group, _ = support
    for at in range(start[place], start[place + 1]):
        load[group[at]] = mean
        last_of[group[at]] = step


def last_sums(place, support, last_of, sums):
    """How many supporters bought last at each step; answers those who have not yet."""
    start, group, size = support
    fresh = 0.0
    for step in range(len(sums)):
        sums[step] = 0.0
    for at in range(start[place], start[place + 1]):
        one = group[at]
        if last_of[one] >= 0:
            sums[last_of[one]] += size[one]
        else:
            fresh += size[one]
    return fresh
