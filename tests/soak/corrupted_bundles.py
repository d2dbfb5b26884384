"""Whole results that strangers altered, and that the house itself altered and signed again."""

from functools import partial

from budgeting import canonical
from budgeting.reports import bundle_file
from tests.verify import bundles
from tests.verify.test_tampered_contents import TAMPERED as SIGNED
from tests.verify.test_tampered_files import TAMPERED as UNSIGNED

SPELLED_BY_HAND = ("two files have one name",)


def real_bundle(folder):
    """The bytes of a real round's result: Assen 2024."""
    return bundles.of_assen(folder)


def cases(drawn, count, bundle, folder):
    """So many bundles, each with its kind and a deed that checks it."""
    files = bundles.unpacked(bundle)
    assert bundles.checked(bundle, folder), "a sound bundle holds"
    kinds = [*BY_STRANGERS, *(partial(by_the_house, name) for name in SIGNED)]
    kinds += [partial(by_hand, name) for name in UNSIGNED if name not in SPELLED_BY_HAND]
    for number in range(count):
        kind = kinds[number % len(kinds)]
        name = getattr(kind, "__name__", "") or kind.args[0]
        yield name, partial(bundles.checked, kind(drawn, files), folder)


def by_the_house(name, drawn, files):
    tamper, _ = SIGNED[name]
    return bundles.packed(tamper(files))


def by_hand(name, drawn, files):
    tamper, _ = UNSIGNED[name]
    made = tamper(files)
    return made if isinstance(made, bytes) else bundle_file.as_zip(made)


def a_bit_of_a_file_is_flipped(drawn, files):
    name = drawn.choice(sorted(files))
    altered = bytearray(files[name])
    altered[drawn.randrange(len(altered))] ^= 1 << drawn.randrange(8)
    return bundle_file.as_zip({**files, name: bytes(altered)})


def a_file_is_cut_short(drawn, files):
    name = drawn.choice(sorted(files))
    return bundle_file.as_zip({**files, name: files[name][: drawn.randrange(len(files[name]))]})


def two_files_change_names(drawn, files):
    first, second = drawn.sample(sorted(files), 2)
    return bundle_file.as_zip({**files, first: files[second], second: files[first]})


def a_file_is_left_out(drawn, files):
    gone = drawn.choice(sorted(files))
    return bundle_file.as_zip({name: files[name] for name in files if name != gone})


def a_file_is_noise(drawn, files):
    name = drawn.choice(sorted(files))
    return bundle_file.as_zip({**files, name: drawn.randbytes(drawn.randint(0, 2_000))})


def the_zip_is_cut_short(drawn, files):
    whole = bundle_file.as_zip(files)
    return whole[: drawn.randrange(len(whole))]


def a_number_is_altered_and_signed(drawn, files):
    """Any number of the outcome, by one, with a signature that fits."""
    name = "pots/1/outcome.json"
    said = canonical.decode(files[name])
    places = list(numbers_in(said))
    holder, key = drawn.choice(places)
    holder[key] += drawn.choice([-1, 1])
    return bundles.packed({**files, name: canonical.encode(said)})


def a_ballot_is_taken_from_another_and_signed(drawn, files):
    """One voter's choices are laid in another's place: nobody is missing, and the count differs."""
    name = "pots/1/ballots.pb"
    head, lines, width = split_votes(files[name].decode())
    spelled = [line.partition(";") for line in lines]
    first, second = drawn.choice(
        [(a, b) for a in range(width) for b in range(width) if spelled[a][2] != spelled[b][2]]
    )
    lines[first] = f"{spelled[first][0]};{spelled[second][2]}"
    return bundles.packed({**files, name: (head + "\n".join(lines) + "\n").encode()})


def numbers_in(said):
    inside = said.items() if isinstance(said, dict) else enumerate(said)
    for key, value in inside:
        if isinstance(value, int) and not isinstance(value, bool):
            yield said, key
        elif isinstance(value, dict | list):
            yield from numbers_in(value)


def split_votes(text):
    start = text.index("VOTES\n")
    title, columns, *lines = text[start:].splitlines()
    return text[:start] + f"{title}\n{columns}\n", lines, len(lines)


BY_STRANGERS = [
    a_bit_of_a_file_is_flipped,
    a_file_is_cut_short,
    two_files_change_names,
    a_file_is_left_out,
    a_file_is_noise,
    the_zip_is_cut_short,
    a_number_is_altered_and_signed,
    a_ballot_is_taken_from_another_and_signed,
]
