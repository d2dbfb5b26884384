"""QR codes of very many addresses that differ only in the code at their end, in no time.

Making one QR code takes milliseconds. But a QR code of a fixed size and mask is linear: turn
one bit of the text, and always the same squares turn (Reed-Solomon codes are linear). So each
bit's squares are found once, and a letter's code is drawn by turning those of its bits.
The signs are ISO/IEC 18004, made by segno; a test holds every drawn code against segno's own.
"""

from functools import lru_cache

import numpy as np
import segno
from numpy.typing import NDArray

from budgeting.ballotbox import crockford

Squares = NDArray[np.uint8]
MASK = 2
CODE_LENGTH = 19
BITS = 7
NO_CODE = b"0000-0000-0000-0000"


class CodeDrawer:
    """Draws the QR code of an address followed by a code in four groups."""

    def __init__(self, address: str) -> None:
        """Find which squares each bit of the code turns."""
        self._address = address.encode()
        plain = segno.make(self._address + NO_CODE, error="m", boost_error=False, micro=False)
        self._version = plain.version
        self._base = self._made(NO_CODE)
        self._turned = np.zeros((CODE_LENGTH, BITS, *self._base.shape), np.uint8)
        for place in range(CODE_LENGTH):
            if NO_CODE[place : place + 1] != b"-":
                for bit in range(BITS):
                    self._turned[place, bit] = self._base ^ self._made(_flipped(place, bit))

    def squares(self, code: str) -> Squares:
        """Return the QR code of the address with this code: 1 is dark."""
        signs = np.frombuffer(code.encode(), np.uint8) ^ np.frombuffer(NO_CODE, np.uint8)
        bits = (signs[:, None] >> np.arange(BITS)) & 1
        drawn: Squares = self._base ^ np.bitwise_xor.reduce(self._turned[bits == 1], axis=0)
        return drawn

    def picture(self, code: str) -> str:
        """Return the QR code as an SVG drawing."""
        squares = self.squares(code)
        size = len(squares)
        edges = np.flatnonzero(np.diff(np.pad(squares, ((0, 0), (1, 1))).ravel().astype(np.int8)))
        width = size + 2
        runs = [
            f"M{start % width} {start // width}.5h{end - start}"
            for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        ]
        box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"'
        return f'<svg {box}><path stroke="#000" d="{"".join(runs)}"/></svg>'

    def _made(self, code: bytes) -> Squares:
        made = segno.make(
            self._address + code,
            version=self._version,
            error="m",
            mask=MASK,
            mode="byte",
            boost_error=False,
            micro=False,
        )
        return np.array([list(row) for row in made.matrix], np.uint8)


@lru_cache(maxsize=4)
def drawer(address: str) -> CodeDrawer:
    """Return the drawer for an address, made once."""
    assert set(crockford.SIGNS.encode()) < set(range(1 << BITS))
    return CodeDrawer(address)


def _flipped(place: int, bit: int) -> bytes:
    changed = bytearray(NO_CODE)
    changed[place] ^= 1 << bit
    return bytes(changed)
