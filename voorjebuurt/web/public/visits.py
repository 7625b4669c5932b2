"""Counting how often the page of a campaign is opened, without knowing by whom.

Nothing of a visitor is kept: no cookie, no address, no mark of a browser. A view adds one to a
number in memory. Now and then one request writes what there is, after its own answer was sent, so
that no page waits for it; what can't be written is left out.
"""

import time
from collections.abc import Callable

import structlog
from flask import Response, after_this_request, current_app, request
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import acts_for
from voorjebuurt.campaigns.pages import PageRow
from voorjebuurt.campaigns.visits.buffer import VisitBuffer, VisitKey
from voorjebuurt.campaigns.visits.rules import is_ahead, is_machine, source_of
from voorjebuurt.campaigns.visits.service import write_visits
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.web.kit.actors import known_person
from voorjebuurt.web.kit.database import the_database

SOURCE = "van"
"""The argument of an address that says from where it was followed."""
EXTENSION = "voorjebuurt.visits"
_SECONDS = 20
_log = structlog.get_logger("voorjebuurt.web")


def note_visit(session: Session, campaign: PageRow) -> None:
    """Count that this request opens the page, unless a program does or who runs the campaign."""
    if not _is_counted(session, campaign):
        return
    buffer = _buffer()
    buffer.add(VisitKey(campaign.id, clock.today(), source_of(request.args.get(SOURCE))))
    write = _writing(buffer, the_database())
    after_this_request(lambda response: _when_sent(response, write))


def _is_counted(session: Session, campaign: PageRow) -> bool:
    headers = request.headers
    if request.method != "GET" or is_machine(request.user_agent.string):
        return False
    if is_ahead(headers.get("Sec-Purpose", "") + headers.get("Purpose", "")):
        return False
    person = known_person()
    if person is not None and person.viewed_until is not None:
        return False
    return person is None or not acts_for(session, campaign.id, person.id)


def _buffer() -> VisitBuffer:
    """That of this process; two first requests at once agree on one."""
    new = VisitBuffer(seconds=_SECONDS, started_at=int(time.monotonic()))
    buffer: VisitBuffer = current_app.extensions.setdefault(EXTENSION, new)
    return buffer


def _writing(buffer: VisitBuffer, database: Database) -> Callable[[], None]:
    def write() -> None:
        counts = buffer.take_due(int(time.monotonic()))
        if not counts:
            return
        try:
            with database.writing() as session:
                write_visits(session, counts)
        except Exception as error:
            # Whether it was written may be unknown: a number too low is better than one too high.
            _log.warning("visits_lost", numbers=len(counts), error=type(error).__name__)

    return write


def _when_sent(response: Response, write: Callable[[], None]) -> Response:
    response.call_on_close(write)
    return response
