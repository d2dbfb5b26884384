"""Large pieces of memory go back to the machine when they have been used.

A guess at a code takes 8 MB for a few milliseconds. The C library of Linux keeps such pieces for
each thread, in case they are wanted again, so that a web worker would hold 30 MB for nothing.
"""

import ctypes

LARGE = 1 << 20
_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h


def give_back_large_pieces() -> None:
    """Ask the C library to take what is larger than a mebibyte straight from the machine."""
    try:
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, LARGE)
    except (AttributeError, OSError, TypeError):
        return  # another C library; it has its own ways
