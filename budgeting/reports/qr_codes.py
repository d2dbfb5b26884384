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
BITS = 7
NO_CODE = "0000-0000-0000-0000"


class CodeDrawer:
    """Draws the QR code of an address followed by a code in four groups.

    All squares of a code lie in one whole number, a bit each, row by row with a light square
    before and after each row: so turning squares is one operation of the processor's.
    """

    def __init__(self, address: str) -> None:
        """Find which squares each sign at each place turns."""
        self._address = address.encode()
        plain = segno.make(
            self._address + NO_CODE.encode(), error="m", boost_error=False, micro=False
        )
        self._version = plain.version
        made = self._made(NO_CODE.encode())
        self._size = len(made)
        self._base = self._packed(made)
        self._turned = [
            self._of_signs(place) if sign != "-" else {"-": 0} for place, sign in enumerate(NO_CODE)
        ]
        width = self._size + 2
        self._moves = [f"M{at % width} {at // width}.5h" for at in range(width * self._size)]
        self._lengths = [str(length) for length in range(width)]

    def squares(self, code: str) -> Squares:
        """Return the QR code of the address with this code: 1 is dark."""
        drawn: Squares = self._bits(self._drawn(code)).reshape(self._size, -1)[:, 1:-1]
        return drawn

    def picture(self, code: str) -> str:
        """Return the QR code as an SVG drawing: a stroke for each run of dark squares."""
        drawn = self._drawn(code)
        edges = np.flatnonzero(self._bits(drawn ^ (drawn >> 1))).tolist()
        moves, lengths = self._moves, self._lengths
        runs = [
            moves[start - 1] + lengths[end - start]
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        ]
        box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self._size} {self._size}"'
        return f'<svg {box}><path stroke="#000" d="{"".join(runs)}"/></svg>'

    def _drawn(self, code: str) -> int:
        drawn = self._base
        for turned, sign in zip(self._turned, code, strict=True):
            drawn ^= turned[sign]
        return drawn

    def _of_signs(self, place: int) -> dict[str, int]:
        """Return what each sign at this place turns: the squares of those bits it turns."""
        of_bits = [self._base ^ self._packed(self._made(_flipped(place, n))) for n in range(BITS)]
        found = {}
        for sign in crockford.SIGNS:
            turned, bits = 0, ord(sign) ^ ord(NO_CODE[place])
            for number, squares in enumerate(of_bits):
                turned ^= squares if bits >> number & 1 else 0
            found[sign] = turned
        return found

    def _packed(self, squares: Squares) -> int:
        padded = np.pad(squares, ((0, 0), (1, 1)))
        return int.from_bytes(np.packbits(padded).tobytes())

    def _bits(self, drawn: int) -> Squares:
        """Return the bits of a whole number, those of the last row last."""
        bits = self._size * (self._size + 2)
        length = -(-bits // 8)
        return np.unpackbits(np.frombuffer(drawn.to_bytes(length), np.uint8), count=bits)

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
    return CodeDrawer(address)


def _flipped(place: int, bit: int) -> bytes:
    changed = bytearray(NO_CODE.encode())
    changed[place] ^= 1 << bit
    return bytes(changed)
