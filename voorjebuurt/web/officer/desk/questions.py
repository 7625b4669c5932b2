"""Questions that people ask about funds: which wait, and answering one."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.matching.funds.lifecycle import locked_fund
from voorjebuurt.matching.questions import service as questions
from voorjebuurt.matching.questions.queries import (
    question_by_id,
    question_parts,
    questions_of,
)
from voorjebuurt.matching.questions.states import (
    QuestionOutcome,
    QuestionStatus,
)
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.desk.question_form import QuestionAnswerForm

_OVER = (QuestionStatus.ANSWERED, QuestionStatus.DECLINED)


@blueprint.get("/vragen")
def list_questions() -> ResponseReturnValue:
    """Questions that wait, by the day to answer, and those that were answered."""
    page, places = Page.asked(size=25), signed_in_person().reads
    with reading() as session:
        waiting = questions_of(session, places, statuses=[QuestionStatus.OPEN], limit=200)
        over = questions_of(session, places, statuses=_OVER, limit=page.limit, offset=page.offset)
        names = names_of(session, [row.answered_by for row in over])
    return render_template(
        "officer/questions/list.html", waiting=waiting, over=page.cut(over), names=names, page=page
    )


@blueprint.route("/vragen/<uuid:question_id>", methods=["GET", "POST"])
def answer_question(question_id: UUID) -> ResponseReturnValue:
    """One question: answer it, or read what was answered."""
    with reading() as session:
        question = question_by_id(session, question_id) or abort(404)
        names = names_of(session, [question.answered_by])
        basis = PageBasis(
            SubjectKind.FUND,
            question.fund_id,
            locked_fund,
            lambda session, _fund_id: question_parts(session, question_id),
        )
        version = PageVersion.of(session, basis)
    form = QuestionAnswerForm(data={"public_text": question.text})
    form.version = version
    if question.status == QuestionStatus.OPEN:
        answer = submit(
            form,
            lambda session: questions.answer(
                session,
                question_id=question_id,
                outcome=QuestionOutcome(form.outcome.data),
                text=form.answer.data or "",
                public_text=form.public_text.data or "",
                actor=current_actor(),
            ),
            message=_("The answer is on its way to who asked."),
            back=url_for("officer.list_questions"),
        )
        if answer is not None:
            return answer
    return render_template("officer/questions/show.html", form=form, question=question, names=names)
