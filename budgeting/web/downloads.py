"""Files that are handed to a person to keep; no cache on the way keeps a copy."""

from flask import Response


def csv_file(content: bytes, name: str) -> Response:
    """Return a CSV to be saved under this name."""
    return Response(
        content,
        mimetype="text/csv",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
