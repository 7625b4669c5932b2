"""Links by which funders look along at one's own plan, and what they remark."""

from datetime import timedelta
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from voorjebuurt.campaigns.funders import service
from voorjebuurt.campaigns.funders.queries import links_of, remarks_of
from voorjebuurt.campaigns.funders.rules import (
    ANSWER_MAX_LENGTH,
    IN_MAKING,
    MOST_DAYS,
    MOST_OPEN,
    NAME_MAX_LENGTH,
    USUAL_DAYS,
)
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.kernel import clock
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    StringField,
    TextAreaField,
    at_most,
    required,
)
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.resident.blueprint import blueprint

_MOST_REMARKS = 300


class FunderLinkForm(Form):
    """For whom a link is, and until when."""

    reader = StringField(
        _l("For whom is the link?"),
        description=_l("For example: the neighbourhood fund, or your contact at the municipality."),
        validators=[required(_l("Write down for whom it is.")), at_most(NAME_MAX_LENGTH)],
    )
    last_day = DayField(
        _l("Until when can they look?"),
        description=_l("Up to and including this day."),
        validators=[required(_l("Choose a day."))],
    )
    shows_members = BooleanField(
        _l("Show who runs this plan"),
        description=_l("The names that will be on the page too. Otherwise no names."),
    )


class RemarkAnswerForm(Form):
    """An answer to what a funder remarked."""

    answer = TextAreaField(
        _l("Your answer"),
        description=_l("Who has the link reads it there."),
        validators=[required(_l("Write your answer.")), at_most(ANSWER_MAX_LENGTH)],
        render_kw={"rows": 5},
    )


@blueprint.route("/acties/<uuid:campaign_id>/meekijken", methods=["GET", "POST"])
def list_funder_links(campaign_id: UUID) -> ResponseReturnValue:
    """The links there are, with their addresses, and the form for another."""
    secret_key = the_settings().secret_key
    form = FunderLinkForm(data={"last_day": clock.today() + timedelta(days=USUAL_DAYS)})
    answer = submit(
        form,
        lambda session: service.make_link(
            session,
            campaign_id=campaign_id,
            reader=form.reader.data or "",
            last_day=form.last_day.data or clock.today(),
            shows_members=form.shows_members.data,
            secret_key=secret_key,
            actor=current_actor(),
        ),
        message=_("The link is below. Send it to whom it is for."),
        back=url_for("resident.list_funder_links", campaign_id=campaign_id),
    )
    if answer is not None:
        return answer
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        links = links_of(session, campaign_id)
    addresses = {
        link.id: site_link("public.look_along", token=service.token_of(secret_key, link.id))
        for link in links
        if link.is_open
    }
    return render_template(
        "resident/coaching/funders.html",
        campaign=campaign,
        links=links,
        addresses=addresses,
        form=form,
        can_make=campaign.status in IN_MAKING,
        most=MOST_OPEN,
        most_days=MOST_DAYS,
    )


@blueprint.post("/acties/<uuid:campaign_id>/meekijken/<uuid:link_id>/intrekken")
def revoke_funder_link(campaign_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """Close a link."""
    do(
        lambda session: service.revoke_link(
            session, campaign_id=campaign_id, link_id=link_id, actor=current_actor()
        ),
        message=_("The link does not work any more."),
    )
    return redirect(url_for("resident.list_funder_links", campaign_id=campaign_id))


@blueprint.route("/acties/<uuid:campaign_id>/opmerkingen/<uuid:remark_id>", methods=["GET", "POST"])
def answer_funder_remark(campaign_id: UUID, remark_id: UUID) -> ResponseReturnValue:
    """What a funder remarked: answer it, remove it, or report it."""
    form = RemarkAnswerForm()
    answer = submit(
        form,
        lambda session: service.answer_remark(
            session,
            campaign_id=campaign_id,
            remark_id=remark_id,
            text=form.answer.data or "",
            actor=current_actor(),
        ),
        message=_("Your answer is there for who has the link."),
        back=url_for("resident.show_talk", campaign_id=campaign_id, _anchor=f"o-{remark_id}"),
    )
    if answer is not None:
        return answer
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        remarks = remarks_of(session, campaign_id, limit=_MOST_REMARKS)
    remark = next((each for each in remarks if each.id == remark_id), None) or abort(404)
    return render_template(
        "resident/coaching/remark.html", campaign=campaign, remark=remark, form=form
    )


@blueprint.post("/acties/<uuid:campaign_id>/opmerkingen/<uuid:remark_id>/weghalen")
def remove_funder_remark(campaign_id: UUID, remark_id: UUID) -> ResponseReturnValue:
    """Erase its words."""
    do(
        lambda session: service.remove_remark(
            session, campaign_id=campaign_id, remark_id=remark_id, actor=current_actor()
        ),
        message=_("The words of this remark are gone."),
    )
    return redirect(url_for("resident.show_talk", campaign_id=campaign_id, _anchor="nieuwste"))
