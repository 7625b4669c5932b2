"""Asking something about a campaign, confirming it by mail, taking it back, and reading answers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from voorjebuurt.asking.service import QUESTION_MAX_LENGTH
from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.campaigns.questions import service as questions
from voorjebuurt.campaigns.questions.queries import public_questions, question_of_link
from voorjebuurt.people.rules import NAME_MAX_LENGTH
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.forms.fields import (
    Form,
    StringField,
    TextAreaField,
    at_most,
    email_field,
    required,
)
from voorjebuurt.web.kit.forms.names import OwnName
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.public.blueprint import blueprint

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)
_A_PAGE = 20


class CampaignQuestionForm(Form):
    """What somebody wants to know, what they are called, and where the answer goes."""

    text = TextAreaField(
        _l("Your question"),
        description=_l("Everybody can read it here. So leave out what is private."),
        validators=[required(_l("Write down your question.")), at_most(QUESTION_MAX_LENGTH)],
        render_kw={"rows": 5},
    )
    name = StringField(
        _l("Your name, as everybody sees it"),
        description=_l("You can leave this empty. Then nobody sees who asks."),
        validators=[Optional(), at_most(NAME_MAX_LENGTH), OwnName()],
        render_kw={"autocomplete": "name"},
    )
    email = email_field()


class ConfirmForm(Form):
    """The button that confirms a question."""


@blueprint.get("/acties/<slug>/vragen")
def list_questions(slug: str) -> ResponseReturnValue:
    """What was asked about a campaign, with the answers, the latest first."""
    page = Page.asked(size=_A_PAGE)
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
        rows = public_questions(session, campaign.id, limit=page.limit, offset=page.offset)
    return render_template(
        "public/questions/list.html", campaign=campaign, questions=page.cut(rows), page=page
    )


@blueprint.route("/acties/<slug>/vraag", methods=["GET", "POST"])
def ask_about_campaign(slug: str) -> ResponseReturnValue:
    """Ask something; what is said is the same for every address."""
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
    person = current_person()
    form = CampaignQuestionForm(data={"email": person.email} if person else None)
    answer = submit(
        form,
        lambda session: questions.ask(
            session,
            campaign_id=campaign.id,
            asking_words=questions.Asking(
                text=form.text.data or "",
                name=form.name.data or "",
                email=form.email.data or "",
                locale=chosen_locale(),
            ),
        ),
        message=_("We mailed you a link. Open it to put your question on the page."),
        back=url_for("public.list_questions", slug=slug),
    )
    return answer or render_template("public/questions/ask.html", form=form, campaign=campaign)


@blueprint.route(f"/vragen/{_TOKEN}", methods=["GET", "POST"])
def answer_own_question(token: str) -> ResponseReturnValue:
    """What the mailed link opens: put the question on the page, take it back, read its answer."""
    form = ConfirmForm()
    with reading() as session:
        question = question_of_link(session, token)
    if question is not None:
        answer = submit(
            form,
            lambda session: questions.confirm(session, token=token),
            message=_("Your question is on the page."),
            back=url_for("public.answer_own_question", token=token),
        )
        if answer is not None:
            return answer
    page = render_template("public/questions/own.html", form=form, question=question, token=token)
    return page, 200 if question is not None else 404


@blueprint.post(f"/vragen/{_TOKEN}/verwijderen")
def remove_own_question(token: str) -> ResponseReturnValue:
    """Take the question off the page, with its answer, with one press."""
    with reading() as session:
        question = question_of_link(session, token)
    if question is None:
        page = render_template("public/questions/own.html", form=None, question=None, token=token)
        return page, 404
    with writing() as session:
        questions.take_back(session, token=token)
    flash(_("Your question is removed."), "ok")
    return redirect(url_for("public.list_questions", slug=question.slug))
