"""Files that are handed to a person to keep; no cache on the way keeps a copy."""

from collections.abc import Iterator

from flask import Response


def csv_file(content: bytes, name: str) -> Response:
    """Return a CSV to be saved under this name."""
    return file(content, name, "text/csv")


def file(content: bytes | Iterator[bytes], name: str, mimetype: str) -> Response:
    """Return a file to be saved under this name, whole or as it is made."""
    return Response(
        content,
        mimetype=mimetype,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
