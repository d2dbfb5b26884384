"""The float kernel of equal shares: quick sums with a carried, argued error bound.

It never decides by a float that could be wrong: it brackets each price by numbers that
are proven to lie below and above the exact one, chooses where the brackets lie apart,
and otherwise stops and asks (``price_ledger`` then answers in fractions).

Why the bound holds (decision 0010). ``MASS`` is at least the sum of |float - exact| over
all balances, so float and exact money behind a price differ by at most that: the exact
price lies between the float prices for cost - MASS - r and cost + MASS + r, where r covers
the rounding of the sums. A purchase never makes the mass grow, except by the rounding of
its own arithmetic. Prices never fall while balances shrink, so an old lower bound stays
one: a project is looked at again only when its old bound could still win.

Only indexing and arithmetic are used, so the same lines run interpreted on lists for small
elections and compiled on arrays for large ones (``compiling``).
"""

EPSILON = 2.3e-16
NEAR, FAR = 1e-9, 1e300
GROW, SHRINK = 1.0 + 8.0 * EPSILON, 1.0 - 8.0 * EPSILON

# what ``advance`` answers
DONE, DOUBT, TAKEN, TOO_DEAR = 0, 1, 2, 3

# places in ``scalars``
MASS, MONEY, PRICE, LEVELS, CAPPED, NEXT, WORK, SPENT, LIMIT, FLAT = range(10)

# states of a project, and what looking at it has shown
STANDING, BOUGHT, OUT = 0, 1, 2
UNSEEN, SURE, UNSURE, MORE = 0, 1, 3, 4


def look(place, columns, price, scalars):
    """One pass over the supporters at a price per level: who is short, and what is left.

    ``NEXT`` is the price at which the next of them would be short. Nothing branches on a
    voter, and where it can two are added at a time: together four times as fast.
    """
    if scalars[FLAT] > 0.0:
        look_flat(place, columns, price, scalars)
    else:
        look_levels(place, columns, price, scalars)
    scalars[WORK] += columns[0][place + 1] - columns[0][place]


def look_flat(place, columns, price, scalars):
    """The pass where every level is 1."""
    start, group, _, many, balance, heads = columns
    money, money_two = 0.0, 0.0
    short_money, short_money_two = 0.0, 0.0
    capped, capped_two = 0.0, 0.0
    following, following_two = FAR, FAR
    begin, end = start[place], start[place + 1]
    odd = (end - begin) % 2
    for at in range(begin, begin + odd):
        have = balance[group[at]]
        money = 1.0 * many[at] * have
        if have < price:
            short_money = money
            capped = 1.0 * many[at]
        else:
            following = have
    for at in range(begin + odd, end, 2):
        have = balance[group[at]]
        have_two = balance[group[at + 1]]
        weight = 1.0 * many[at]
        weight_two = 1.0 * many[at + 1]
        worth = weight * have
        worth_two = weight_two * have_two
        money += worth
        money_two += worth_two
        short_money += worth if have < price else 0.0
        short_money_two += worth_two if have_two < price else 0.0
        capped += weight if have < price else 0.0
        capped_two += weight_two if have_two < price else 0.0
        until = FAR if have < price else have
        until_two = FAR if have_two < price else have_two
        following = until if until < following else following
        following_two = until_two if until_two < following_two else following_two
    scalars[MONEY] = money + money_two
    scalars[PRICE] = short_money + short_money_two
    scalars[CAPPED] = capped + capped_two
    scalars[LEVELS] = heads[place] - scalars[CAPPED]
    scalars[NEXT] = (following if following < following_two else following_two) * SHRINK


def look_levels(place, columns, price, scalars):
    """The pass where levels differ."""
    start, group, level, many, balance, _ = columns
    money, short_money, levels, capped = 0.0, 0.0, 0.0, 0.0
    following = FAR
    for at in range(start[place], start[place + 1]):
        have = balance[group[at]]
        weight = 1.0 * many[at]
        own = 1.0 * level[at]
        is_short = have < price * own
        money += weight * have
        short_money += weight * have if is_short else 0.0
        capped += weight if is_short else 0.0
        levels += 0.0 if is_short else weight * own
        until = FAR if is_short else have / own
        following = until if until < following else following
    scalars[MONEY], scalars[PRICE] = money, short_money
    scalars[LEVELS], scalars[CAPPED] = levels, capped
    scalars[NEXT] = following * SHRINK


def settle_price(place, columns, target, price, scalars):
    """The price per level at which the float supporters pay ``target``; below zero if never.

    Newton's steps on a concave rising sum: after the first they only rise.
    """
    capped = -1.0
    while True:
        look(place, columns, price, scalars)
        if scalars[MONEY] < target or scalars[LEVELS] <= 0.0:
            return -1.0
        better = (target - scalars[PRICE]) / scalars[LEVELS]
        if scalars[CAPPED] == capped or (capped >= 0.0 and better <= price):
            return price
        capped = scalars[CAPPED]
        price = better


def narrow(place, at, columns, project, last, scalars):
    """One of Newton's steps from the price ``at``: nearer to the price, or there.

    Answers SURE (bracketed), UNSURE (may be unpayable), OUT (surely unpayable) or MORE. The
    tangent of a concave sum lies above it, so every step gives a proven lower bound, from
    whichever side it starts. ``last`` holds how many were short at the last step, to see
    that nobody joined them: -1 before the first step, -2 where that is not known.
    """
    cost, low, high, price = project[0][place], project[2], project[3], project[4]
    look(place, columns, at, scalars)
    width = scalars[MASS] + _rounding(cost, columns[0][place + 1] - columns[0][place])
    money, levels, capped = scalars[MONEY], scalars[LEVELS], scalars[CAPPED]
    if money < cost - width:
        return OUT
    if money < cost + width or (levels <= 0.0 and at <= price[place]):
        high[place] = -1.0
        return UNSURE
    if levels <= 0.0:
        last[place] = -2.0
        return MORE
    better = (cost - scalars[PRICE]) / levels
    margin = width / levels * (1.0 + 1e-12) + better * 4.0 * EPSILON
    if better - margin > low[place]:
        low[place] = better - margin
    if capped == last[place] or (last[place] >= 0.0 and better <= at):
        price[place] = at
    elif at <= better < scalars[NEXT]:
        price[place] = better
    else:
        last[place] = capped if better > price[place] or at == price[place] else -2.0
        price[place] = better if last[place] >= 0.0 else price[place]
        return MORE
    return _bound_above(place, columns, project, width, margin, scalars)


def _bound_above(place, columns, project, width, margin, scalars):
    """Find a proven upper bound of a price that has been reached."""
    cost, high, found = project[0][place], project[3], project[4][place]
    above = found + margin
    if above >= scalars[NEXT]:
        above = settle_price(place, columns, cost + width, found, scalars)
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
    In a DOUBT it holds the places left open. The second value answered says how many.
    """
    low, factor = project[2], project[1]
    status, seen = state[0], state[1]
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

    A project that has not been looked at is tried at the price that would beat the best one
    known; most are settled as too dear by that one pass. Answers the least proven upper
    bound of rho (the second least if ``wanted`` is 1), or a number below zero if no project
    is proven to be payable.
    """
    cost, factor, low, high, price = project
    status, seen, last = state
    best = -1.0
    second = -1.0
    for place in range(len(cost)):
        seen[place] = UNSEEN
        last[place] = -1.0
    while True:
        near = -1
        for place in range(len(cost)):
            is_open = status[place] == STANDING and seen[place] == UNSEEN
            if is_open and (near < 0 or low[place] / factor[place] < low[near] / factor[near]):
                near = place
        bar = second if wanted == 1 else best
        if near < 0 or (bar >= 0.0 and low[near] / factor[near] * SHRINK > bar):
            return bar
        at = price[near]
        if last[near] == -1.0 and bar * factor[near] > at:
            at = bar * factor[near]
        found = narrow(near, at, columns, project, last, scalars)
        if found == OUT:
            status[near] = OUT
        elif found != MORE:
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
    start, group, level, many, balance, _ = columns
    for at in range(start[place], start[place + 1]):
        spare = balance[group[at]] - price * level[at] * (1.0 + NEAR)
        if spare * many[at] <= scalars[MASS]:
            return False
    return True


def buy(place, columns, project, state, price, scalars):
    """Take the payments and add their rounding to the mass of error."""
    start, group, level, many, balance, _ = columns
    cost = project[0][place]
    money = 0.0
    for at in range(start[place], start[place + 1]):
        one = group[at]
        have = balance[one]
        left = have - price * level[at]
        money += many[at] * have
        balance[one] = left if left > 0.0 else 0.0
    terms = start[place + 1] - start[place]
    scalars[MASS] += _rounding(cost, terms) + 4.0 * EPSILON * (money + cost)
    scalars[SPENT] += cost
    scalars[WORK] += terms
    state[0][place] = BOUGHT
