"""Reporting abuse of what is on a campaign's page, and following the report by a mailed link."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice
from wtforms.validators import Optional

from voorjebuurt.abuse import reporting
from voorjebuurt.abuse.proof import proof_token
from voorjebuurt.abuse.queries import report_of_link
from voorjebuurt.abuse.rules import ANSWER_MAX_LENGTH, TEXT_MAX_LENGTH, AbuseReason, AbuseThing
from voorjebuurt.abuse.things import ShownThing, shown_thing
from voorjebuurt.campaigns.members.acting import acts_for
from voorjebuurt.people.queries import SignedIn
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most, chosen, required
from voorjebuurt.web.kit.forms.submission import carried_out, gone_on, submit
from voorjebuurt.web.kit.forms.texts import MailAddressField
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.words.abuse_labels import REASONS

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)
THINGS = {
    "actie": AbuseThing.CAMPAIGN,
    "nieuws": AbuseThing.UPDATE,
    "vraag": AbuseThing.QUESTION,
    "bericht": AbuseThing.GIFT_MESSAGE,
    "opmerking": AbuseThing.FUNDER_REMARK,
}
"""Word in the address -> what it is."""


class AbuseForm(Form):
    """What is wrong, and where we may tell what we did."""

    reason = RadioField(
        _l("What is wrong?"),
        choices=[SelectChoice(reason.value, label) for reason, label in REASONS.items()],
        validators=[chosen(_l("Choose what is wrong."))],
    )
    text = TextAreaField(
        _l("Tell us more"),
        description=_l("What do you see, and how do you know that it is wrong?"),
        validators=[required(_l("Write down what is wrong.")), at_most(TEXT_MAX_LENGTH)],
        render_kw={"rows": 5},
    )
    email = MailAddressField(
        _l("Email address"),
        description=_l("Then we can ask you something, and tell what we did."),
        validators=[Optional()],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )


class ConfirmReportForm(Form):
    """The button that confirms the address of a report."""


class ReplyForm(Form):
    """An answer to what staff asked."""

    reply = TextAreaField(
        _l("Your answer"),
        validators=[required(_l("Write your answer.")), at_most(ANSWER_MAX_LENGTH)],
        render_kw={"rows": 5},
    )


@blueprint.route("/misbruik/<what>/<uuid:thing_id>", methods=["GET", "POST"])
def report_abuse(what: str, thing_id: UUID) -> ResponseReturnValue:
    """Report something; with or without an address."""
    kind = THINGS.get(what) or abort(404)
    with reading() as session:
        thing = shown_thing(session, kind, thing_id) or abort(404)
        is_hidden = kind is AbuseThing.FUNDER_REMARK
        if is_hidden and not acts_for(session, thing.campaign_id, _reader_id()):
            abort(404)
    person = current_person()
    form = AbuseForm(data={"email": person.email} if person else None)
    report_ids: list[UUID] = []
    if form.validate_on_submit() and carried_out(
        form, lambda session: report_ids.append(_report(session, form, thing, person))
    ):
        token = proof_token(the_settings().secret_key, report_ids[-1])
        return gone_on(
            message=_("Thank you. We look at your report, and tell nobody that it is yours."),
            back=url_for("public.add_abuse_proof", report_id=report_ids[-1], token=token),
        )
    back = (
        url_for("resident.show_talk", campaign_id=thing.campaign_id)
        if is_hidden
        else url_for("public.show_campaign", slug=thing.slug)
    )
    return render_template("public/abuse/report.html", form=form, thing=thing, back_href=back)


def _reader_id() -> UUID | None:
    person = current_person()
    return person.id if person else None


def _report(session: Session, form: AbuseForm, thing: ShownThing, person: SignedIn | None) -> UUID:
    return reporting.report_abuse(
        session,
        thing=thing.kind,
        thing_id=thing.id,
        reporting=reporting.Reporting(
            reason=AbuseReason(form.reason.data),
            text=form.text.data or "",
            email=form.email.data or "",
            locale=chosen_locale(),
            is_own=person is not None and form.email.data == person.email,
        ),
    )


@blueprint.route(f"/misbruik/melding/{_TOKEN}", methods=["GET", "POST"])
def follow_abuse_report(token: str) -> ResponseReturnValue:
    """What the mailed link opens: confirm the address, and read what was asked and decided."""
    form = ConfirmReportForm()
    with reading() as session:
        is_there = report_of_link(session, token) is not None
    if is_there:
        answer = submit(
            form,
            lambda session: reporting.confirm_report(session, token=token),
            message=_("Your address is confirmed. We tell you what we do."),
            back=url_for("public.follow_abuse_report", token=token),
        )
        if answer is not None:
            return answer
    return _page(token, form, ReplyForm(formdata=None))


@blueprint.post(f"/misbruik/melding/{_TOKEN}/antwoord")
def reply_about_abuse(token: str) -> ResponseReturnValue:
    """Answer what staff asked."""
    form = ReplyForm()
    answer = submit(
        form,
        lambda session: reporting.reply_to_staff(session, token=token, text=form.reply.data or ""),
        message=_("Thank you. We look at your answer."),
        back=url_for("public.follow_abuse_report", token=token),
    )
    return answer or _page(token, ConfirmReportForm(formdata=None), form)


def _page(token: str, form: ConfirmReportForm, reply: ReplyForm) -> ResponseReturnValue:
    with reading() as session:
        report = report_of_link(session, token)
    page = render_template(
        "public/abuse/own.html", form=form, reply_form=reply, report=report, token=token
    )
    return page, 200 if report is not None else 404
