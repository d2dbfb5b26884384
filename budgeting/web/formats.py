"""How amounts, moments and names are written for people, in Danish and in English."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from babel.dates import format_datetime
from flask import Flask
from flask_babel import get_locale, gettext, ngettext
from markupsafe import Markup

from budgeting.timezone import COPENHAGEN

Thing = TypeVar("Thing")
CURRENCY_WORDS = {"DKK": "kr.", "EUR": "euro"}
# Between a number and its unit: no line is broken there.
HARD_SPACE = "\u00a0"
DANISH_ORDER = "0123456789abcdefghijklmnopqrstuvwxyzæøå"
DANISH_TWINS = str.maketrans({"ä": "æ", "ö": "ø", "ü": "y", "ß": "s", "ð": "d", "þ": "t"})


def language() -> str:
    """Return the language of the reader: ``da`` or ``en``."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "da"


def number(count: int) -> str:
    """Write a whole number in groups of three: ``1.213``."""
    grouped = f"{count:,}"
    return grouped if language() == "en" else grouped.replace(",", ".")


def amount(oere: int) -> str:
    """Write an amount without its currency: ``125.000`` or ``125.000,50``."""
    sign = "-" if oere < 0 else ""
    whole, part = divmod(abs(oere), 100)
    if not part:
        return sign + number(whole)
    point = "." if language() == "en" else ","
    return f"{sign}{number(whole)}{point}{part:02d}"


def kr(oere: int, currency: str = "DKK") -> str:
    """Write an amount with its currency: ``125.000 kr.``, in English ``DKK 125,000``."""
    if language() == "en":
        return f"{currency}{HARD_SPACE}{amount(oere)}"
    return f"{amount(oere)}{HARD_SPACE}{CURRENCY_WORDS.get(currency, currency)}"


def share(part: int, whole: int) -> str:
    """Write how large a part is of the whole: ``16,4 %``."""
    permille = (2000 * part + whole) // (2 * whole) if whole else 0
    text = f"{permille // 10}.{permille % 10}".removesuffix(".0")
    return f"{text if language() == 'en' else text.replace('.', ',')}{HARD_SPACE}%"


def danish_time(moment: datetime) -> datetime:
    """Return the same moment on a Danish clock; a moment without zone is refused."""
    if moment.tzinfo is None:
        raise ValueError("A moment without time zone cannot be shown.")
    return moment.astimezone(COPENHAGEN)


def when(moment: datetime) -> str:
    """Write day and time: ``søndag den 13. december 2026 kl. 23.59``."""
    if language() == "en":
        return _written(moment, "EEEE d MMMM y 'at' HH:mm")
    return _written(moment, "EEEE 'den' d.\u00a0MMMM y 'kl.'\u00a0HH.mm")


def day(moment: datetime | date) -> str:
    """Write a day: ``13. december 2026``."""
    pattern = "d MMMM y" if language() == "en" else "d.\u00a0MMMM y"
    if isinstance(moment, datetime):
        return _written(moment, pattern)
    return _written(datetime(moment.year, moment.month, moment.day, 12, tzinfo=UTC), pattern)


def day_of_month(moment: datetime) -> str:
    """Write a day whose month stands beside it: ``13.``."""
    return _written(moment, "d" if language() == "en" else "d.")


def day_and_month(moment: datetime) -> str:
    """Write a day whose year stands beside it: ``13. december``."""
    return _written(moment, "d MMMM" if language() == "en" else "d.\u00a0MMMM")


def clock_time(moment: datetime) -> str:
    """Write the time of day: ``kl. 23.59``."""
    return _written(moment, "HH:mm" if language() == "en" else "'kl.'\u00a0HH.mm")


def _written(moment: datetime, pattern: str) -> str:
    local = danish_time(moment).replace(tzinfo=None)
    return format_datetime(local, pattern, locale="en_GB" if language() == "en" else "da")


def time_left(now: datetime, until: datetime) -> str:
    """Say how long there is to a deadline: ``9 dage tilbage``, never more than is left."""
    left = until - now
    if left <= timedelta(0):
        return gettext("Fristen er gået")
    if left.days:
        return ngettext("%(num)d dag tilbage", "%(num)d dage tilbage", left.days)
    hours, seconds = divmod(left.seconds, 3600)
    if hours:
        return ngettext("%(num)d time tilbage", "%(num)d timer tilbage", hours)
    if minutes := seconds // 60:
        return ngettext("%(num)d minut tilbage", "%(num)d minutter tilbage", minutes)
    return gettext("Under et minut tilbage")


def danish_key(text: str) -> tuple[tuple[int, ...], str]:
    """Return the key that sorts as a Danish reader expects: Å comes last, and Aa is Å."""
    letters = _plain_letters(text.casefold().translate(DANISH_TWINS))
    return tuple(_place(letter) for letter in letters), text


def _plain_letters(text: str) -> str:
    return "".join(
        sign if sign in "æøå" else unicodedata.normalize("NFD", sign)[0]
        for sign in unicodedata.normalize("NFC", text).replace("aa", "å")
    )


def _place(letter: str) -> int:
    found = DANISH_ORDER.find(letter)
    if found >= 0:
        return 100 + found
    return ord(letter) + 1000 if letter.isalpha() else min(ord(letter), 99)


def danish_sorted(things: Iterable[Thing], attribute: str) -> list[Thing]:
    """Sort things by one of their names, as a Danish reader expects."""
    return sorted(things, key=lambda thing: danish_key(str(getattr(thing, attribute))))


def code_groups(code: str, size: int = 4) -> str:
    """Write a code in groups that can be read aloud: ``K7M2 9QXA``."""
    signs = re.sub(r"[\s-]", "", code)
    return " ".join(signs[start : start + size] for start in range(0, len(signs), size))


def code_parts(code: str) -> list[str]:
    """Return the groups of a code, each drawn apart."""
    return code_groups(code).split()


def code_aloud(code: str) -> str:
    """Write a code so that it is read aloud sign by sign, with a rest between groups."""
    return ". ".join(", ".join(group) for group in code_parts(code))


def paragraphs(text: str) -> Markup:
    """Turn what a person typed into paragraphs; an empty line begins a new one."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    return Markup("\n").join(
        Markup("<p>%s</p>") % Markup("<br>").join(block.split("\n")) for block in blocks if block
    )


def add_to(app: Flask) -> None:
    """Give every template the house's formats."""
    app.jinja_env.filters.update(
        kr=kr,
        amount=amount,
        number=number,
        when=when,
        day=day,
        clock_time=clock_time,
        code_groups=code_groups,
        paragraphs=paragraphs,
        danish_sorted=danish_sorted,
    )
    app.jinja_env.globals.update(
        time_left=time_left,
        share=share,
        page_language=language,
        code_parts=code_parts,
        code_aloud=code_aloud,
    )
