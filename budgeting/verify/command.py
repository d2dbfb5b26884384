"""What the command line does: check a bundle and say in words what held, or what did not."""

import argparse
import gettext
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from budgeting.ballotbox import bundle_layout as layout
from budgeting.refusals import Refusal
from budgeting.verify import reading
from budgeting.verify.checking import Checking, Held, Kept
from budgeting.verify.refused import NO_BUNDLE, REFUSED, BundleRefused, FileNotFound
from budgeting.vocabulary import N_

CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
LANGUAGES = ("da", "en")
HELD, FAILED, WARNING, UNKNOWN = N_("OK"), N_("FEJL"), N_("OBS"), "?"
EVERYTHING_HELD = N_("Alt passer. Resultatet er talt efter.")
REST_HELD = N_("Det, der kan kontrolleres, passer. Resultatet er ikke talt efter.")
NOT_OURS_TO_SAY = N_(
    "Sammenlign nøglen og fingeraftrykket med dem på rundens side og på din kvittering."
)
KEY_WAS_CHANGED = N_(
    "OBS: Nøglen er skiftet undervejs. Kun kommunen kan sige, om den nye er dens egen. Spørg den."
)
SOMETHING_IS_WRONG = N_("Noget passer ikke. Stol ikke på resultatet, før det er undersøgt.")
NOTHING_WAS_CHECKED = N_("Der er ikke talt noget efter.")

Words = Callable[[str], str]


class _OneLineParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line."""
        self.exit(NO_BUNDLE, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str]) -> int:
    """Run the command; 0 everything held, 1 something did not, 2 not a bundle."""
    asked = _parser().parse_args(arguments)
    words = words_of(asked.language)
    try:
        checking = Checking(Path(asked.bundle), _kept(asked))
    except BundleRefused as refused:
        return _fail(words, "", refused)
    try:
        ending, is_warned = EVERYTHING_HELD, False
        for held in checking.run():
            _say(words, held)
            ending = ending if held.is_checked else REST_HELD
            is_warned = is_warned or held.is_warning
    except BundleRefused as refused:
        return _fail(words, checking.step, refused)
    warning = f"{words(KEY_WAS_CHANGED)}\n" if is_warned else ""
    sys.stdout.write(f"\n{words(ending)}\n{warning}{words(NOT_OURS_TO_SAY)}\n")
    return 0


def words_of(language: str) -> Words:
    """Return what turns a Danish sentence into one of this language."""
    if language == "da":
        return str
    return gettext.translation("messages", CATALOGUES, [language], fallback=True).gettext


def _parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(
        prog="python -m budgeting.verify",
        description="Check a published result and count it again.",
        allow_abbrev=False,
    )
    parser.add_argument("bundle", metavar="BUNDLE.zip", help="the file from the round's page")
    parser.add_argument("--key", metavar="HEX", help="the public key you have seen published")
    parser.add_argument(
        "--fingerprint", metavar="HEX", help="of the rulebook, as on a receipt or the round's page"
    )
    parser.add_argument("--kept", metavar="HEADS.json", help="signed heads that you kept earlier")
    parser.add_argument("--language", choices=LANGUAGES, default="da")
    return parser


def _kept(asked: argparse.Namespace) -> Kept:
    heads = _kept_heads(Path(asked.kept)) if asked.kept else {}
    return Kept(key=_typed(asked.key), fingerprint=_typed(asked.fingerprint), heads=heads)


def _typed(hexadecimal: str | None) -> str | None:
    """What a person copied from a page, where it stands in groups."""
    return None if hexadecimal is None else "".join(hexadecimal.split()).lower()


def _kept_heads(file: Path) -> Mapping[str, Sequence[object]]:
    """Read a file of heads as the page of the ballot box hands it out."""
    try:
        with file.open("rb") as opened:
            content = opened.read(layout.MOST_BYTES_OF_OTHERS)
    except OSError:
        raise FileNotFound(file=file.name) from None
    with reading.shaped(file.name):
        return {one["pot"]: list(one["heads"]) for one in json.loads(content)["pots"]}


def _say(words: Words, held: Held) -> None:
    values = {name: _harmless(value) for name, value in held.values.items()}
    sentence = words(held.sentence) % values
    mark = WARNING if held.is_warning else HELD if held.is_checked else UNKNOWN
    sys.stdout.write(f"{words(mark):4}  {words(held.step)}: {sentence}\n")


def _fail(words: Words, step: str, refused: BundleRefused) -> int:
    ending = SOMETHING_IS_WRONG if refused.exit_code == REFUSED else NOTHING_WAS_CHECKED
    where = f"{words(step)}: " if step else ""
    sys.stderr.write(
        f"{words(FAILED):4}  {where}{_sentence(words, refused)} ({type(refused).__name__})\n\n"
        f"{words(ending)}\n"
    )
    return refused.exit_code


def _sentence(words: Words, refused: Refusal) -> str:
    """The refusal in words, also where one refusal is the reason of another."""
    values = {
        name: _sentence(words, value) if isinstance(value, Refusal) else _harmless(value)
        for name, value in refused.values.items()
    }
    return words(refused.message) % values


def _harmless(value: object) -> str:
    """Text from a stranger's file, short and without signs that steer a terminal."""
    text = "".join(sign if sign.isprintable() else "?" for sign in str(value))
    return text if len(text) <= 200 else f"{text[:197]}..."
