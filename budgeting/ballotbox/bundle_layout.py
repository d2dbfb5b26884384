"""How a bundle is laid out: the names of its files, what is signed, and how large it may be.

A bundle is a ZIP with all that is published of a counted round. Every `.json` in it is
canonical JSON, so that its fingerprint can be made again.

    manifest.json       each file's size and SHA-256, the round and its rulebook's fingerprint
    signature.json      the house's signature under manifest.json, and its public key
    rulebook.json       the frozen rules
    ballot_list.json    the projects that stood on the ballots; where the rules read it also the
                        least amount a proposer accepts, area, categories, and the numbers of
                        the groups of which at most one project gets money
    numbers.json        people on the roll, envelopes, ballots, pot by pot
    lot.json            the seed of the lot
    decision.json       what the council adopted, if it has decided; granted_oere where a
                        project got only a part
    laesmig.txt         what this is, in words
    pots/N/ballots.pb   the nameless ballots of the rulebook's N-th pot, as Pabulib files them
    pots/N/groups.json  instead of them, if the rulebook says so: patterns and how many of each
    pots/N/outcome.json what the count said, with every reason
    pots/N/board.json   every entry on the board
    pots/N/heads.json   the signed heads, and notes where the house's key was changed
"""

FORMAT = "borgerbudget-bundle-1"
SIGNED_KIND = "manifest"

MANIFEST = "manifest.json"
SIGNATURE = "signature.json"
RULEBOOK = "rulebook.json"
BALLOT_LIST = "ballot_list.json"
NUMBERS = "numbers.json"
LOT = "lot.json"
DECISION = "decision.json"
README = "laesmig.txt"

BALLOTS = "ballots.pb"
GROUPS = "groups.json"
OUTCOME = "outcome.json"
BOARD = "board.json"
HEADS = "heads.json"
OF_A_POT = (OUTCOME, BOARD, HEADS)
# What is published of the ballots, under the rulebook's word for it.
OF_BALLOTS = {"full": (BALLOTS,), "grouped": (GROUPS,), "totals": ()}
OF_A_ROUND = (RULEBOOK, BALLOT_LIST, NUMBERS, LOT, README)

MEBIBYTE = 1024 * 1024
MOST_FILES = 1_000
MOST_BYTES = 512 * MEBIBYTE
MOST_BYTES_OF_A_FILE = {BALLOTS: 256 * MEBIBYTE, BOARD: 128 * MEBIBYTE, OUTCOME: 64 * MEBIBYTE}
MOST_BYTES_OF_OTHERS = 32 * MEBIBYTE


def of_pot(number: int, name: str) -> str:
    """The name of a file of the rulebook's pot with this number, from 1."""
    return f"pots/{number}/{name}"


def most_bytes(name: str) -> int:
    """How large a file of this name may be."""
    return MOST_BYTES_OF_A_FILE.get(name.rpartition("/")[2], MOST_BYTES_OF_OTHERS)
