"""Whatever bytes come in: an election or one MalformedFile, quickly, never anything else."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from budgeting.tally import pabulib
from tests.tally.conftest import ASSEN
from tests.tally.elections import many

SEED = ASSEN.read_bytes()
PIECES = [b";", b'"', b"\n", b"\r", b"\0", b",", b"VOTES", b"PROJECTS\n", b"\xff", b"-1", b"1e99"]
MANY = many(300)


def reads_or_refuses(content):
    before = time.process_time()
    refusal = refusal_of(content)
    assert refusal is None or (refusal.line >= 1 and "\n" not in str(refusal))
    assert time.process_time() - before < 2


def refusal_of(content):
    try:
        pabulib.read(content)
    except pabulib.MalformedFile as error:
        return error
    return None


@MANY
@given(st.binary(max_size=400))
def test_any_bytes(content):
    reads_or_refuses(content)


@MANY
@given(st.text(alphabet='META;PROJCSVkeyvalu\n\r",.0123456789é', max_size=400))
def test_any_text_of_the_right_letters(text):
    reads_or_refuses(text.encode())


@MANY
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_a_real_file_cut_doubled_and_spoiled(seed, many):
    random_ = random.Random(seed)
    content = bytearray(SEED)
    for _ in range(many):
        at = random_.randrange(len(content) + 1)
        match random_.randrange(4):
            case 0:
                content[at:at] = random_.choice(PIECES)
            case 1:
                del content[at : at + random_.randrange(1, 60)]
            case 2:
                content[at:at] = content[at : at + random_.randrange(1, 60)]
            case _:
                content[at : at + 1] = bytes([random_.randrange(256)])
    reads_or_refuses(bytes(content))
