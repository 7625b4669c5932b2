"""How much a request may carry, in bytes and in fields: bounded before anything reads it."""

from io import BytesIO
from typing import IO, Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from voorjebuurt.people.rules import Role
from voorjebuurt.settings import Settings
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.drafts import draft_ids

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
MAX_FIELDS = 2_000
"""Fields of one form. The longest of ours, all neighbourhoods of a large town, has some 600."""
MAX_QUERY = 16 * KILOBYTE
MAX_TEXTS = MEGABYTE
"""A form of texts: ten times the longest story, every character in the longest spelling."""
SMALL_BODIES = {"hooks": 16 * KILOBYTE, "auth": 64 * KILOBYTE, "public": 64 * KILOBYTE}
"""Blueprints that anybody may post to: addresses, amounts and a message."""
UPLOADS = {
    "officer.ask_rehearsal": 48 * MEGABYTE,
    "officer.edit_wording": 48 * MEGABYTE,
    "officer.record_step": 48 * MEGABYTE,
    "officer.register_inquiry_answer": 48 * MEGABYTE,
    "officer.register_objection": 48 * MEGABYTE,
    "officer.register_paper_accounting": 48 * MEGABYTE,
    "officer.register_paper_application": 48 * MEGABYTE,
    "officer.register_paper_completion": 48 * MEGABYTE,
    "officer.register_paper_withdrawal": 48 * MEGABYTE,
    "officer.register_plan_request": 48 * MEGABYTE,
    "officer.register_views": 48 * MEGABYTE,
    "resident.account_for_match": 48 * MEGABYTE,
    "resident.answer_inquiry": 48 * MEGABYTE,
    "resident.apply_for_match": 48 * MEGABYTE,
    "resident.complete_match": 48 * MEGABYTE,
    "resident.complete_objection": 48 * MEGABYTE,
    "resident.give_views": 48 * MEGABYTE,
    "resident.object_to_decision": 48 * MEGABYTE,
    "resident.edit_gallery": 48 * MEGABYTE,
    "resident.edit_update": 48 * MEGABYTE,
    "resident.write_update": 48 * MEGABYTE,
    "resident.edit_story": 48 * MEGABYTE,
    "resident.show_payee": 48 * MEGABYTE,
    "staff.ask_rehearsal": 48 * MEGABYTE,
    "staff.check_payee": 48 * MEGABYTE,
}
"""Where files may arrive, as a picture straight from a camera: the form says what is wrong with
one, and keeps what was typed, which a refused request could not. Only from who is signed in or
began a draft."""
GUEST_UPLOADS = {
    "public.add_abuse_proof": 12 * MEGABYTE,
    "public.change_gift_logo": 12 * MEGABYTE,
}
"""Where files may arrive from who need not be known; the address is a secret of theirs. What is too
large by as much as a picture straight from a camera reaches the form, which says so."""
OFFICIAL_FILES = "staff.add_import"
"""Where staff upload official files, some of which are very large; from others no more is taken
than anywhere else."""


class BoundedParser(FormDataParser):
    """Reads forms, but none of very many fields: ten million bytes can hold five million names."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]:
        """Raises ``RequestEntityTooLarge`` before a single field is made."""
        if mimetype == "application/x-www-form-urlencoded":
            content = stream.read()
            if content.count(b"&") >= MAX_FIELDS:
                raise RequestEntityTooLarge
            stream = BytesIO(content)
        return super().parse(stream, mimetype, content_length, options)


class BoundedRequest(Request):
    """A request whose form has a bounded number of fields, however they are written."""

    form_data_parser_class = BoundedParser


def init_bodies(app: Flask, settings: Settings) -> None:
    """Bound bodies, before anything reads one."""
    app.request_class = BoundedRequest
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_TEXTS,
        # Of what is no file; a form's files are written to disk.
        MAX_FORM_MEMORY_SIZE=MAX_TEXTS,
        MAX_FORM_PARTS=MAX_FIELDS,
    )
    app.before_request(lambda: _bound(settings))


def _bound(settings: Settings) -> None:
    if len(request.query_string) > MAX_QUERY:
        abort(414)
    if request.endpoint == OFFICIAL_FILES and _is_staff():
        request.max_content_length = settings.places.max_address_bytes + MEGABYTE
    elif request.endpoint in UPLOADS and (current_person() is not None or draft_ids()):
        request.max_content_length = UPLOADS[request.endpoint]
    elif request.endpoint in GUEST_UPLOADS:
        request.max_content_length = GUEST_UPLOADS[request.endpoint]
    elif request.blueprint in SMALL_BODIES:
        request.max_content_length = SMALL_BODIES[request.blueprint]


def _is_staff() -> bool:
    person = current_person()
    return person is not None and Role.STAFF in person.roles
