"""The float kernel of equal shares: quick sums with a carried, argued error bound.

It never decides by a float that could be wrong: it brackets each price by numbers that
are proven to lie below and above the exact one, chooses where the brackets lie apart,
and otherwise stops and asks (``price_ledger`` then answers in fractions).

Why the bound holds. Let b be the exact balances, f the float ones, and M >= sum of
|f - b| over all voters (``MASS``). The *price per level* x of a project solves
F(x) = sum of min(balance, x * level) = cost over its supporters.

1. |min(f, v) - min(b, v)| <= |f - b|, so the exact F and the float F differ by at most M
   at every x. Hence the exact x lies between the float solutions for cost - M - r and
   cost + M + r, where r covers the rounding of the sums (``_rounding``).
2. Paying sends balances to max(0, balance - x * level). More money for anybody never
   leaves anybody with less, and the sum falls by the cost whatever the balances were. A
   map that keeps order and takes off a constant sum moves no two points further apart in
   the sum of absolute differences (Crandall and Tartar 1980). So a purchase never makes M
   grow, except by the rounding of its own arithmetic, which is added.
3. Prices never fall while balances shrink, so an old lower bound stays one: a project is
   looked at again only when its old bound could still win.

Only indexing and arithmetic are used, so the same lines run interpreted on lists for small
elections and compiled on arrays for large ones (``compiling``).
"""

EPSILON = 2.3e-16
NEAR = 1e-9

GROW = 1.0 + 8.0 * EPSILON
SHRINK = 1.0 - 8.0 * EPSILON

# what ``advance`` answers
DONE, DOUBT, TAKEN, TOO_DEAR = 0, 1, 2, 3

# places in ``scalars``
MASS, MONEY, PRICE, LEVELS, CAPPED, NEARBY, WORK, SPENT, LIMIT = 0, 1, 2, 3, 4, 5, 6, 7, 8

# states of a project, and what looking at it has shown
STANDING, BOUGHT, OUT = 0, 1, 2
UNSEEN, SURE, UNSURE = 0, 1, 3


def look(place, start, group, level, size, balance, price, scalars):
    """One pass over the supporters at a price per level: who is short, and what is left."""
    money = 0.0
    short_money = 0.0
    levels = 0.0
    capped = 0.0
    nearby = 0.0
    for at in range(start[place], start[place + 1]):
        one = group[at]
        have = balance[one]
        weight = size[one]
        worth = weight * have
        money += worth
        due = price * level[at]
        if have < due:
            short_money += worth
            capped += weight
        else:
            levels += weight * level[at]
            if have < due * (1.0 + NEAR):
                nearby += weight
    scalars[MONEY] = money
    scalars[PRICE] = short_money
    scalars[LEVELS] = levels
    scalars[CAPPED] = capped
    scalars[NEARBY] = nearby
    scalars[WORK] += start[place + 1] - start[place]


def head_count(place, start, group, level, size):
    """How many voters support a project."""
    voters = 0.0
    for at in range(start[place], start[place + 1]):
        if level[at] > 0:
            voters += size[group[at]]
    return voters


def settle_price(place, start, group, level, size, balance, target, price, scalars):
    """The price per level at which the float supporters pay ``target``; below zero if never.

    Newton's steps on a concave rising sum: after the first they only rise, and they end
    after as many passes as there are waves of voters who run out.
    """
    capped = -1.0
    while True:
        look(place, start, group, level, size, balance, price, scalars)
        if scalars[MONEY] < target or scalars[LEVELS] <= 0.0:
            return -1.0
        if scalars[CAPPED] == capped:
            return price
        better = (target - scalars[PRICE]) / scalars[LEVELS]
        if capped >= 0.0 and better <= price:
            return price
        capped = scalars[CAPPED]
        if scalars[NEARBY] == 0.0 and price <= better <= price * (1.0 + 0.25 * NEAR):
            return better
        price = better


def bracket(place, start, group, level, size, balance, cost, low, high, price, scalars):
    """Bracket the exact price per level; answers SURE, OUT or UNSURE (may be unpayable)."""
    width = scalars[MASS] + _rounding(cost[place], start[place + 1] - start[place])
    found = settle_price(
        place, start, group, level, size, balance, cost[place], low[place], scalars
    )
    money = scalars[MONEY]
    if money < cost[place] - width:
        return OUT
    if found < 0.0 or money < cost[place] + width:
        price[place] = low[place] if found < 0.0 else found
        high[place] = -1.0
        return UNSURE
    levels = scalars[LEVELS]
    price[place] = found
    below = found - width / levels * (1.0 + 1e-12) - found * 4.0 * EPSILON
    if below > low[place]:
        low[place] = below
    above = found + width / levels * (1.0 + 1e-12) + found * 4.0 * EPSILON
    if scalars[NEARBY] == 0.0 and above <= found * (1.0 + 0.5 * NEAR):
        high[place] = above
        return SURE
    capped = scalars[CAPPED]
    above = settle_price(
        place, start, group, level, size, balance, cost[place] + width, found, scalars
    )
    scalars[MONEY] = money
    scalars[CAPPED] = capped
    if above < 0.0:
        high[place] = -1.0
        return UNSURE
    high[place] = above * (1.0 + 4.0 * EPSILON)
    return SURE


def _rounding(cost, terms):
    """More than all rounding of a sum of so many terms near the cost."""
    return (terms + 16.0) * 2.0 * EPSILON * cost


def advance(columns, project, state, ranks, scalars, order, doubts, wanted):
    """Buy until nothing can be paid (DONE), the limit is passed (TOO_DEAR) or a doubt is met.

    ``wanted`` 0 asks for a whole run. ``wanted`` 1 asks only for a look: ``doubts`` is then
    filled with every place that may come first or second, and nothing is bought (TAKEN).
    In a DOUBT ``doubts`` holds the places that the brackets leave open. The second value
    answered says how many places it holds.
    """
    low, factor = project[2], project[1]
    status, seen = state
    bought = 0
    for place in range(len(status)):
        if status[place] == BOUGHT:
            bought += 1
    while True:
        bar = _look_around(columns, project, state, scalars, wanted)
        found = _open_places(low, factor, seen, bar, doubts)
        if found == 0:
            return DONE, 0
        if wanted == 1:
            return TAKEN, found
        chosen = _settled(columns, project[4], seen, doubts, found, ranks, scalars)
        if chosen < 0:
            return DOUBT, found
        buy(chosen, columns, project, state, project[4][chosen], scalars)
        order[bought] = chosen
        bought += 1
        if scalars[SPENT] > scalars[LIMIT]:
            return TOO_DEAR, 0


def _look_around(columns, project, state, scalars, wanted):
    """Bracket projects, the most promising first, until the rest cannot win any more.

    Answers the least proven upper bound of rho (the second least if ``wanted`` is 1), or a
    number below zero if no project is proven to be payable.
    """
    start, group, level, size, balance = columns
    cost, factor, low, high, price = project
    status, seen = state
    best = -1.0
    second = -1.0
    for place in range(len(cost)):
        seen[place] = UNSEEN
    while True:
        near = -1
        for place in range(len(cost)):
            is_open = status[place] == STANDING and seen[place] == UNSEEN
            if is_open and (near < 0 or low[place] / factor[place] < low[near] / factor[near]):
                near = place
        bar = second if wanted == 1 else best
        if near < 0 or (bar >= 0.0 and low[near] / factor[near] * SHRINK > bar):
            return bar
        found = bracket(near, start, group, level, size, balance, cost, low, high, price, scalars)
        if found == OUT:
            status[near] = OUT
            continue
        seen[near] = found
        if found == SURE:
            top = high[near] / factor[near] * GROW
            if best < 0.0 or top < best:
                second = best
                best = top
            elif second < 0.0 or top < second:
                second = top


def _open_places(low, factor, seen, bar, doubts):
    """Fill in the places whose rho may be at or below the bar."""
    found = 0
    for place in range(len(low)):
        if seen[place] != UNSEEN and (bar < 0.0 or low[place] / factor[place] * SHRINK <= bar):
            doubts[found] = place
            found += 1
    return found


def _settled(columns, price, seen, doubts, found, ranks, scalars):
    """The one to buy if that is certain, by integers where nobody is short; else -1."""
    classes, chain = ranks
    chosen = doubts[0]
    if found == 1:
        return chosen if seen[chosen] == SURE else -1
    for at in range(found):
        place = doubts[at]
        if seen[place] != SURE or not _is_free(place, columns, price[place], scalars):
            return -1
        if classes[place] < classes[chosen] or (
            classes[place] == classes[chosen] and chain[place] < chain[chosen]
        ):
            chosen = place
    return chosen


def _is_free(place, columns, price, scalars):
    """Whether no supporter can be short of money, however the error lies."""
    start, group, level, size, balance = columns
    for at in range(start[place], start[place + 1]):
        one = group[at]
        if (balance[one] - price * level[at] * (1.0 + NEAR)) * size[one] <= scalars[MASS]:
            return False
    return True


def buy(place, columns, project, state, price, scalars):
    """Take the payments and add their rounding to the mass of error."""
    start, group, level, size, balance = columns
    cost = project[0][place]
    money = 0.0
    for at in range(start[place], start[place + 1]):
        one = group[at]
        have = balance[one]
        left = have - price * level[at]
        money += size[one] * have
        balance[one] = left if left > 0.0 else 0.0
    terms = start[place + 1] - start[place]
    scalars[MASS] += _rounding(cost, terms) + 4.0 * EPSILON * (money + cost)
    scalars[SPENT] += cost
    scalars[WORK] += terms
    state[0][place] = BOUGHT


def open_parts(place, price, slack, columns, by_ballot, step_of, gone, sums, doubts):
    """What an exact price is made of: who pays in full, and what the others have.

    Voters surely able to pay ``price`` per level add their levels to the first value
    answered; those surely short add their number to the second, and to ``sums`` what they
    bought before, level by level; those within ``slack`` are listed in ``doubts``, and the
    third value says how many they are. Who has run out adds nothing.
    """
    start, group, level, size, balance = columns
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
            levels += size[one] * level[at]
        elif over < -slack:
            weight += size[one]
            add_history(one, size[one], by_ballot, step_of, sums)
        else:
            doubts[open_ones] = at
            open_ones += 1
    return levels, weight, open_ones


def add_history(one, weight, by_ballot, step_of, sums):
    """Add what a group has bought, level by level, under the steps it bought at."""
    begin, place, level = by_ballot
    for at in range(begin[one], begin[one + 1]):
        step = step_of[place[at]]
        if step >= 0:
            sums[step] += weight * level[at]


def pay_rounded(place, price, slack, columns, gone, doubts, step):
    """Take payments at a correctly rounded price; lists whom only fractions can judge.

    ``gone`` keeps the step, from 1, at which a group ran out.
    """
    start, group, level, size, balance = columns
    open_ones = 0
    ran_out = 0.0
    for at in range(start[place], start[place + 1]):
        one = group[at]
        if gone[one]:
            continue
        over = balance[one] - price * level[at]
        balance[one] = over if over > 0.0 else 0.0
        if over < -slack:
            gone[one] = step
            ran_out += size[one]
        elif over <= slack:
            doubts[open_ones] = at
            open_ones += 1
    return ran_out, open_ones


def foresee(place, price, columns, by_ballot, money):
    """Take what supporters would pay off the money behind every project they support."""
    start, group, level, size, balance = columns
    begin, other = by_ballot[0], by_ballot[1]
    for at in range(start[place], start[place + 1]):
        one = group[at]
        due = price * level[at]
        paid = size[one] * (due if due < balance[one] else balance[one])
        for near in range(begin[one], begin[one + 1]):
            money[other[near]] -= paid
