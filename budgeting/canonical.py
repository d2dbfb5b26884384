"""One spelling in bytes for each value, so that a fingerprint can be recomputed by anyone.

The encoding is a subset of RFC 8785 (JSON Canonicalization Scheme): keys sorted by their
UTF-16 code units, no spaces, UTF-8, only what must be escaped is escaped. Numbers are whole
and exact in every language (at most 2**53 - 1 in size); a float is refused, and a fraction is
written as text ("1/3"). JavaScript's `JSON.stringify` over sorted keys gives the same bytes.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

LARGEST_NUMBER = 2**53 - 1


class NotCanonical(ValueError):
    """A value that has no canonical spelling, or bytes that are not the canonical ones.

    The text names the kind of trouble and never shows the value: it may be a vote.
    """


def encode(value: Any) -> bytes:
    """The canonical JSON of None, bools, whole numbers, text, and lists and mappings of these."""
    try:
        return _text_of(value).encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("text holds half a character (a lone surrogate)") from None


def decode(encoded: bytes) -> Any:
    """The value behind canonical bytes; raises NotCanonical for any other spelling."""
    try:
        value = json.loads(encoded.decode("utf-8"), parse_float=_refuse_float)
        is_canonical = encode(value) == encoded
    except NotCanonical:
        raise
    except (ValueError, RecursionError):
        raise NotCanonical("not JSON in UTF-8") from None
    if not is_canonical:
        raise NotCanonical("JSON, but not in its canonical spelling")
    return value


def fingerprint(encoded: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(encoded).hexdigest()


def _text_of(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(_pair(key, value[key]) for key in _sorted_keys(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(_text_of(item) for item in value) + "]"
    raise NotCanonical(f"a {type(value).__name__} has no canonical spelling")


def _number(number: int) -> str:
    if abs(number) > LARGEST_NUMBER:
        raise NotCanonical("a number over 2**53 - 1 must be written as text")
    return str(int(number))


def _sorted_keys(mapping: Mapping[Any, Any]) -> list[str]:
    if not all(isinstance(key, str) for key in mapping):
        raise NotCanonical("every key must be text")
    return sorted(mapping, key=lambda key: key.encode("utf-16-be", "surrogatepass"))


def _pair(key: str, value: Any) -> str:
    return json.dumps(str(key), ensure_ascii=False) + ":" + _text_of(value)


def _refuse_float(_spelling: str) -> None:
    raise NotCanonical("a number with decimals has no canonical spelling")
