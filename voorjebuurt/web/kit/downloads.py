"""Files that somebody sent us, handed to another: to save, and never opened as a page of ours."""

from flask import Response, make_response


def saved_file(data: bytes, name: str) -> Response:
    """An answer that every browser saves. Even opened, it could run and load nothing."""
    answer = make_response(data)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def csv_answer(data: bytes, name: str) -> Response:
    """A table for a spreadsheet, to save; no cache keeps it."""
    answer = make_response(data)
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
