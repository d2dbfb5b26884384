"""The float work for exact prices: who pays in full, who is short, and what they have paid.

These lines sort voters by floats that are within ``slack`` of the exact balances and list
whoever lies nearer; ``price_ledger`` turns their sums of whole numbers into fractions.
"""

# numba takes columns one by one and finds their types at the first call.
# ruff: noqa: ANN001, ANN201, PLR0913
# mypy: disable-error-code="no-untyped-def, no-untyped-call"


def head_count(place, columns):
    """How many voters support a project."""
    start, many = columns[0], columns[3]
    voters = 0.0
    for at in range(start[place], start[place + 1]):
        voters += many[at]
    return voters


def open_parts(place, price, slack, columns, past, gone, sums, doubts):
    """What an exact price is made of: who pays in full, and what the others have.

    Voters surely able to pay ``price`` per level add their levels to the first value
    answered; those surely short add their number to the second, and to ``sums`` what they
    bought before, level by level; those within ``slack`` are listed in ``doubts``, and the
    third value says how many they are. Who has run out adds nothing.
    """
    start, group, level, many, balance = columns
    levels = 0.0
    weight = 0.0
    open_ones = 0
    for step in range(len(sums)):
        sums[step] = 0.0
    for at in range(start[place], start[place + 1]):
        one = group[at]
        if gone[one]:
            continue
        over = balance[one] - price * level[at]
        if over > slack:
            levels += 1.0 * many[at] * level[at]
        elif over < -slack:
            weight += many[at]
            add_history(one, many[at], past, sums)
        else:
            doubts[open_ones] = at
            open_ones += 1
    return levels, weight, open_ones


def add_history(one, weight, past, sums):
    """Add what a group has bought, level by level, under the steps it bought at."""
    begin, taken, step, level = past
    first = begin[one]
    for at in range(first, first + taken[one]):
        sums[step[at]] += weight * level[at]


def pay_rounded(place, price, slack, columns, past, gone, doubts, step):
    """Take payments at a correctly rounded price; lists whom only fractions can judge.

    ``gone`` keeps the step, from 1, at which a group ran out, and ``past`` what it bought.
    """
    start, group, level, many, balance = columns
    begin, taken, steps, levels = past
    open_ones = 0
    ran_out = 0.0
    for at in range(start[place], start[place + 1]):
        one = group[at]
        if gone[one]:
            continue
        over = balance[one] - price * level[at]
        balance[one] = over if over > 0.0 else 0.0
        free = begin[one] + taken[one]
        steps[free] = step - 1
        levels[free] = level[at]
        taken[one] += 1
        if over < -slack:
            gone[one] = step
            ran_out += many[at]
        elif over <= slack:
            doubts[open_ones] = at
            open_ones += 1
    return ran_out, open_ones


def foresee(place, price, columns, by_ballot, money):
    """Take what supporters would pay off the money behind every project they support."""
    start, group, level, many, balance = columns
    begin, other = by_ballot[0], by_ballot[1]
    for at in range(start[place], start[place + 1]):
        one = group[at]
        due = price * level[at]
        paid = many[at] * (due if due < balance[one] else balance[one])
        for near in range(begin[one], begin[one + 1]):
            money[other[near]] -= paid


def near_falling(bought, money, cost, margin, status, found):
    """List in ``found`` whoever stands and may not be payable any more; answers how many."""
    count = 0
    for place in range(len(cost)):
        is_open = status[place] == 0 and place != bought
        if is_open and money[place] < cost[place] + margin[place]:
            found[count] = place
            count += 1
    return count
