"""Asking a municipality something about a fund, confirming it by mail, and taking it back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.asking.service import QUESTION_MAX_LENGTH
from voorjebuurt.matching.funds.queries import public_fund
from voorjebuurt.matching.questions import service as questions
from voorjebuurt.matching.questions.queries import question_of_link
from voorjebuurt.web.kit.actions import refusals_flashed
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most, email_field, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.public.blueprint import blueprint

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


class FundQuestionForm(Form):
    """What somebody wants to know, and where the answer goes."""

    text = TextAreaField(
        _l("Your question"),
        description=_l(
            "The municipality can publish your question and its answer here, without your name. "
            "So leave out who you are and what is private."
        ),
        validators=[required(_l("Write down your question.")), at_most(QUESTION_MAX_LENGTH)],
        render_kw={"rows": 5},
    )
    email = email_field()


class AnswerForm(Form):
    """The button that confirms a question."""


@blueprint.route("/fondsen/<slug>/vraag", methods=["GET", "POST"])
def ask_about_fund(slug: str) -> ResponseReturnValue:
    """Ask something; what is said is the same for every address."""
    with reading() as session:
        fund = public_fund(session, slug) or abort(404)
    person = current_person()
    form = FundQuestionForm(data={"email": person.email} if person else None)
    answer = submit(
        form,
        lambda session: questions.ask(
            session,
            fund_id=fund.id,
            text=form.text.data or "",
            email=form.email.data or "",
            locale=chosen_locale(),
        ),
        message=_("We mailed you a link. Open it to send your question to the municipality."),
        back=url_for("public.show_fund", slug=slug),
    )
    return answer or render_template("public/funds/ask.html", form=form, fund=fund)


@blueprint.route(f"/fondsvragen/{_TOKEN}", methods=["GET", "POST"])
def confirm_question(token: str) -> ResponseReturnValue:
    """What the mailed link opens: send the question, take it back, or read its answer."""
    form = AnswerForm()
    with reading() as session:
        question = question_of_link(session, token)
    if question is not None:
        answer = submit(
            form,
            lambda session: questions.confirm(session, token=token),
            message=_("Your question is with the municipality."),
            back=url_for("public.confirm_question", token=token),
        )
        if answer is not None:
            return answer
    page = render_template("public/funds/question.html", form=form, question=question, token=token)
    return page, 200 if question is not None else 404


@blueprint.post(f"/fondsvragen/{_TOKEN}/intrekken")
def take_question_back(token: str) -> ResponseReturnValue:
    """Take the question back, with one press."""
    with reading() as session:
        if question_of_link(session, token) is None:
            page = render_template(
                "public/funds/question.html", form=None, question=None, token=token
            )
            return page, 404
    with refusals_flashed():
        with writing() as session:
            questions.take_back(session, token=token)
        flash(_("Your question is removed."), "ok")
        return redirect(url_for("public.list_funds"))
    return redirect(url_for("public.confirm_question", token=token))
