"""The letters with voters' codes, set by typst: accessible PDF (PDF/UA-1), one page each.

Nothing is written to a disk on the way: codes go in as memory and come out as the file.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from babel.dates import format_datetime

from budgeting.reports import typesetter
from budgeting.timezone import COPENHAGEN

HERE = Path(__file__).parent
LANGUAGES = ("da", "en")
MOMENTS = {"da": "EEEE 'den' d. MMMM y 'kl.' HH.mm", "en": "EEEE d MMMM y 'at' HH:mm"}
LETTERS_IN_A_FILE = 500
SET_AT_A_TIME = 2


@dataclass(frozen=True)
class Frame:
    """What stands in every letter of a round."""

    municipality: str
    phone: str
    title: str
    address: str
    closes: datetime


@dataclass(frozen=True)
class Letter:
    """What stands in one letter."""

    roll_number: str = field(repr=False)
    addressee: str | None = field(repr=False)
    area: str = field(repr=False)
    code: str = field(repr=False)


def pdf(letters: Sequence[Letter], frame: Frame, languages: Sequence[str]) -> bytes:
    """Return the letters as one PDF, each in these languages, the first one foremost."""
    # numpy comes with the drawer; web workers that set no letters do without it.
    from budgeting.reports import qr_codes

    drawer = qr_codes.drawer(f"{frame.address}#")
    words = [_words(frame, language) for language in languages]
    told = [
        {
            "to": _window(letter, words[0]["voter"]),
            "code": letter.code,
            "qr": drawer.picture(letter.code),
        }
        for letter in letters
    ]
    shown = {
        "title": f"{words[0]['heading']}: {frame.title}",
        "municipality": frame.municipality,
        "address": frame.address.removeprefix("https://"),
        "words": words,
    }
    return typesetter.pdf(shown, told)


def files(letters: Iterable[Letter], frame: Frame, languages: Sequence[str]) -> Iterator[bytes]:
    """Yield PDFs of some letters each, in order; two are set at a time and none further ahead."""
    rest = iter(letters)
    with ThreadPoolExecutor(SET_AT_A_TIME) as setters:
        ahead: deque[Future[bytes]] = deque()
        while some := list(islice(rest, LETTERS_IN_A_FILE)):
            ahead.append(setters.submit(pdf, some, frame, languages))
            if len(ahead) > SET_AT_A_TIME:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _window(letter: Letter, voter: str) -> list[str]:
    """Return the lines in the window: who it is for, else the number on the roll."""
    lines = (letter.addressee or "").split("\n") if letter.addressee else []
    return [*lines, f"{voter} {letter.roll_number}"]


def _words(frame: Frame, language: str) -> dict[str, str]:
    closes = format_datetime(
        frame.closes.astimezone(COPENHAGEN), MOMENTS[language], locale=_locale(language)
    )
    values: dict[str, Any] = {**vars(frame), "closes": closes}
    texts = dict(_texts()[language])
    if not frame.phone:
        texts["help"] = texts["help_without_phone"]
    return {name: text.format_map(values) for name, text in texts.items()} | {"lang": language}


def _locale(language: str) -> str:
    return {"da": "da_DK", "en": "en_GB"}[language]


@cache
def _texts() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = json.loads((HERE / "letter_texts.json").read_text("utf-8"))
    return texts
