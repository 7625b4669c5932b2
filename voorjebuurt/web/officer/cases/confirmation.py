"""Questions about one application: which one it is, and the way back to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Place
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.matching.applications.queries import ApplicationRow, application_row
from voorjebuurt.matching.applications.rows import locked_application
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.words.written import as_written

TEMPLATE = "officer/question.html"


def the_application(application_id: UUID) -> ApplicationRow:
    """The application of this route; a page that does not exist when there is none."""
    with reading() as session:
        return application_row(session, application_id) or abort(404)


def case_version(
    session: Session, application_id: UUID, parts: Callable[[Session, UUID], Parts]
) -> PageVersion:
    """What a page shows of a case. Ask for it before reading what the page shows."""
    basis = PageBasis(SubjectKind.APPLICATION, application_id, locked_application, parts)
    return PageVersion.of(session, basis)


def ask_about(
    application_id: UUID,
    form: Form,
    deed: Callable[[Session], object],
    *,
    part: str = "",
    template: str = TEMPLATE,
    place: Place | None = None,
    context: dict[str, Any] | None = None,
    **question: Any,
) -> ResponseReturnValue:
    """``ask`` about an application; afterwards back to ``part`` of its page.

    ``place``: files can be added, as ``ask`` says.
    """
    row = the_application(application_id)
    back = url_for("officer.show_application", application_id=application_id, _anchor=part or None)
    page_question = Question(about=as_written(row.name), back=back, **question)
    return ask(
        page_question,
        form,
        deed,
        template=template,
        place=place,
        application=row,
        **(context or {}),
    )
