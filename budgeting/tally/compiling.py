"""The kernels' functions, interpreted or compiled; the same lines either way.

Compiling takes some seconds once per machine and is kept on disk beside the source (or in
the user's cache folder); ``warm_in_background`` does it before anyone waits for a count.
Without numba everything still counts, only more slowly.
"""

import threading
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

from budgeting.tally.election import UnsoundElection

WORTH_COMPILING = 1_500_000
"""Entries looked at by interpreted lines after which compiling pays for itself."""

LARGE, LARGE_WHEN_WARM = 20_000, 1_000
"""From so many entries on arrays are quicker than lists; the first counts loading them."""


class Plain:
    """Interpreted functions on lists."""

    is_compiled = False

    @staticmethod
    def functions(module: ModuleType) -> Any:
        """The kernel as it is written."""
        return module

    @staticmethod
    def whole(values: Sequence[int]) -> Any:
        """A row of whole numbers."""
        return list(values)

    @staticmethod
    def places(values: Sequence[int]) -> Any:
        """A row of places, which are small whole numbers."""
        return values

    @staticmethod
    def small(values: Sequence[float]) -> Any:
        """A row of whole numbers below 2**24."""
        return list(values)

    @staticmethod
    def numbers(values: Sequence[float]) -> Any:
        """A row of floats."""
        return [float(value) for value in values]


class Compiled:
    """Compiled functions on arrays."""

    is_compiled = True

    @staticmethod
    def functions(module: ModuleType) -> Any:
        """The kernel compiled, from the cache on disk where it has been before."""
        return _compiled(module.__name__)

    @staticmethod
    def whole(values: Sequence[int]) -> Any:
        """A row of whole numbers."""
        import numpy

        return numpy.asarray(values, dtype=numpy.int64)

    @staticmethod
    def places(values: Sequence[int]) -> Any:
        """A row of places, which are small whole numbers."""
        import numpy

        return numpy.asarray(values, dtype=numpy.int32)

    @staticmethod
    def small(values: Sequence[float]) -> Any:
        """A row of whole numbers below 2**24, which short floats hold exactly."""
        import numpy

        row = numpy.asarray(values, dtype=numpy.float64)
        if len(row) and row.max() >= 2**24:
            raise UnsoundElection("a ballot gives more points than can be added exactly")
        return row.astype(numpy.float32)

    @staticmethod
    def numbers(values: Sequence[float]) -> Any:
        """A row of floats."""
        import numpy

        return numpy.asarray(values, dtype=numpy.float64)


@cache
def _compiled(name: str) -> SimpleNamespace:
    import numba

    module = import_module(name)
    namespace = dict(vars(module))
    for word, value in vars(module).items():
        if isinstance(value, FunctionType) and value.__module__ == name:
            copy = FunctionType(value.__code__, namespace, word, value.__defaults__)
            copy.__module__ = name
            namespace[word] = _compile(numba, copy)
    return SimpleNamespace(**namespace)


def _compile(numba: Any, function: FunctionType) -> Any:
    """Compile with a cache on disk, or without one where nothing may be written."""
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        return numba.njit(nogil=True)(function)


@cache
def has_compiler() -> bool:
    """Whether numba is installed."""
    from importlib.util import find_spec

    return find_spec("numba") is not None


def is_warm() -> bool:
    """Whether compiled lines are loaded already."""
    return _compiled.cache_info().currsize > 0


def is_large(entries: int) -> bool:
    """Whether an election with so many choices on its ballots is laid out in arrays."""
    return entries >= (LARGE_WHEN_WARM if is_warm() else LARGE)


def is_worth_it(work: int) -> bool:
    """Whether to go on with compiled lines after so many entries looked at by interpreted ones."""
    return has_compiler() and (work > WORTH_COMPILING or is_warm())


def ways(*, is_large: bool) -> Any:
    """How to run the kernels for an election of this size."""
    return Compiled if is_large and has_compiler() else Plain


def warm() -> None:
    """Compile every kernel, or load it from disk, by counting a small made-up election."""
    if has_compiler():
        import_module("budgeting.tally.warming").warm()


def warm_in_background() -> threading.Thread:
    """Warm in a thread of its own; counting meanwhile is correct, only slower."""
    thread = threading.Thread(target=warm, name="warm-the-count", daemon=True)
    thread.start()
    return thread
