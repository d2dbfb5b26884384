"""Runs equal shares once on Wola 2023 with interpreted, numpy and compiled lines."""

import time
from types import SimpleNamespace

import numpy as np

from budgeting.tally import compiling, kernel, pabulib
from budgeting.tally.electorate import gather
from budgeting.tally.shares_arena import Arena
from budgeting.tally.ties import TieChain
from budgeting.vocabulary import Utility
from tests.load.bench_tally import DATA

WOLA = DATA / "pabulib" / "Poland_Warszawa_2023_Wola.pb"


def look_by_numpy(place, columns, price, scalars):
    """``kernel.look`` in whole rows."""
    start, group, level, many, balance = columns
    part = slice(start[place], start[place + 1])
    have = balance[group[part]]
    own, weight = level[part].astype(float), many[part].astype(float)
    short = have < price * own
    worth = weight * have
    scalars[kernel.MONEY] = worth.sum()
    scalars[kernel.PRICE] = worth[short].sum()
    scalars[kernel.LEVELS] = (weight * own)[~short].sum()
    scalars[kernel.CAPPED] = weight[short].sum()
    until = (have / own)[~short]
    scalars[kernel.NEXT] = until.min() * kernel.SHRINK if len(until) else kernel.FAR
    scalars[kernel.WORK] += len(have)


def buy_by_numpy(place, columns, project, state, price, scalars):
    """``kernel.buy`` in whole rows."""
    start, group, level, many, balance = columns
    part = slice(start[place], start[place + 1])
    have = balance[group[part]]
    money = (many[part] * have).sum()
    balance[group[part]] = np.maximum(have - price * level[part], 0.0)
    terms, cost = len(have), project[0][place]
    scalars[kernel.MASS] += kernel._rounding(cost, terms) + 4.0 * kernel.EPSILON * (money + cost)
    scalars[kernel.SPENT] += cost
    state[0][place] = kernel.BOUGHT


class ByNumpy(compiling.Compiled):
    """The kernel interpreted, its two inner loops by numpy."""

    is_compiled = True

    @staticmethod
    def functions(module):
        return SimpleNamespace(**vars(module))


def main():
    """Print milliseconds per run, the best of several."""
    election = pabulib.read(WOLA)
    electorate = gather(election.instance, election.profile, Utility.COST)
    arena = Arena(electorate, TieChain("id", election.instance.projects, electorate.votes_by_id))
    compiling.warm()
    plain = kernel.look, kernel.buy
    for name, ways in (
        ("interpreted", compiling.Plain),
        ("numpy", ByNumpy),
        ("numba", compiling.Compiled),
    ):
        if ways is ByNumpy:
            kernel.look, kernel.buy = look_by_numpy, buy_by_numpy
        arena.lay_out(ways)
        print(f"{name:12} {1000 * _best(arena):8.2f} ms a run")
        kernel.look, kernel.buy = plain


def _best(arena):
    seconds = []
    for _ in range(5):
        before = time.process_time()
        arena.run(150)
        seconds.append(time.process_time() - before)
    return min(seconds)
