"""Gathers every text of the house, and brings the English catalogue up to date with it.

The Danish sentences are the keys; English is a catalogue. Run by `make translations`.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent
CATALOGUE = HOUSE / "budgeting" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
FOLDERS = ("budgeting", "templates")
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.typ", "jinja2")]
OWN_KEYWORDS = {"_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
COMMENT_TAG = "Til oversætteren:"
A_DATE_THAT_STAYS = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    catalogue = read()
    catalogue.update(gather(), no_fuzzy_matching=True, update_creation_date=False)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(as_file(catalogue))
    missing = [message for message in catalogue if message.id and not is_translated(message)]
    print(f"{len(catalogue)} texts, {len(missing)} of them without English")


def gather() -> Catalog:
    """Every text that is marked for translation, with the files it stands in."""
    found = Catalog(charset="utf-8")
    for folder in FOLDERS:
        texts = extract_from_dir(
            HOUSE / folder,
            METHODS,
            options_map={"**": {"extensions": "jinja2.ext.do", "silent": "false"}},
            keywords=DEFAULT_KEYWORDS | OWN_KEYWORDS,
            comment_tags=(COMMENT_TAG,),
            strip_comment_tags=True,
        )
        for file, _line, text, comments, context in texts:
            found.add(
                text, None, [(f"{folder}/{file}", 0)], auto_comments=comments, context=context
            )
    return found


def read() -> Catalog:
    """The English catalogue as it stands; an empty one where there is none yet."""
    if CATALOGUE.exists():
        return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="en")
    return Catalog(locale="en", project="Borgerbudget", charset="utf-8")


def is_translated(message: object) -> bool:
    text = getattr(message, "string", "")
    return all(text) if isinstance(text, tuple | list) else bool(text)


def as_file(catalogue: Catalog) -> bytes:
    """The catalogue as it is kept: in one order, without line numbers or dates that churn."""
    catalogue.creation_date = catalogue.revision_date = A_DATE_THAT_STAYS
    catalogue.project, catalogue.version = "Borgerbudget", "1"
    catalogue.msgid_bugs_address = ""
    catalogue.last_translator = "The Borgerbudget authors"
    catalogue.language_team = "English"
    catalogue.fuzzy = False
    catalogue.header_comment = "# Borgerbudget in English. The keys are the Danish sentences."
    for message in catalogue:
        message.locations = sorted({(file, 0) for file, _ in message.locations})
    file = io.BytesIO()
    write_po(
        file, catalogue, width=100, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    return file.getvalue()


if __name__ == "__main__":
    main()
