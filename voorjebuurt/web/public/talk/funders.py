"""A plan in the making for a funder who was sent its private link, and what they remark."""

from typing import assert_never
from uuid import UUID

from flask import Response, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.campaigns.funders import service
from voorjebuurt.campaigns.funders.queries import OpenedLink, opened_link, remarks_of
from voorjebuurt.campaigns.funders.rules import (
    MOST_REMARKS,
    NAME_MAX_LENGTH,
    REMARK_MAX_LENGTH,
    LinkState,
)
from voorjebuurt.campaigns.gallery.queries import pictures_of, video_of
from voorjebuurt.campaigns.members.acting import acts_for
from voorjebuurt.campaigns.needs.queries import open_needs
from voorjebuurt.campaigns.pages import PageRow, budget_of, page_by_id
from voorjebuurt.campaigns.rewards.queries import offered_rewards
from voorjebuurt.campaigns.rules import ReviewPart
from voorjebuurt.pledges.queries import NOTHING
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.forms.fields import Form, StringField, TextAreaField, at_most, required
from voorjebuurt.web.kit.forms.names import OwnName
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.words.part_labels import PART_LABELS

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)
PARTS = (
    ReviewPart.TITLE,
    ReviewPart.SUMMARY,
    ReviewPart.FOR_WHOM,
    ReviewPart.STORY,
    ReviewPart.BUDGET,
    ReviewPart.GOAL,
    ReviewPart.DEADLINE,
    ReviewPart.WORSE_OFF,
    ReviewPart.LEFTOVERS,
    ReviewPart.NEEDS,
    ReviewPart.PICTURE,
)


class RemarkForm(Form):
    """What a funder says about the plan."""

    name = StringField(
        _l("Your name"),
        validators=[required(_l("Enter your name.")), at_most(NAME_MAX_LENGTH), OwnName()],
        render_kw={"autocomplete": "name"},
    )
    organisation = StringField(
        _l("Your organisation"),
        validators=[Optional(), at_most(NAME_MAX_LENGTH)],
        render_kw={"autocomplete": "organization"},
    )
    part = SelectField(
        _l("Which part is it about?"),
        choices=[
            SelectChoice("", _l("The whole plan")),
            *(SelectChoice(part.value, PART_LABELS[part.value]) for part in PARTS),
        ],
        validators=[Optional()],
    )
    body = TextAreaField(
        _l("Your remark"),
        validators=[required(_l("Write your remark.")), at_most(REMARK_MAX_LENGTH)],
        render_kw={"rows": 5},
    )


@blueprint.route(f"/meekijken/{_TOKEN}", methods=["GET", "POST"])
def look_along(token: str) -> ResponseReturnValue:
    """The plan as it stands now, what was remarked by this link, and the form for more."""
    with reading() as session:
        link = opened_link(session, token) or abort(404)
    form = RemarkForm()
    if link.state is LinkState.OPEN:
        answer = submit(
            form,
            lambda session: service.leave_remark(session, token=token, remark=_remark(form)),
            message=_("Thank you. Your remark is with who makes this plan."),
            back=url_for("public.look_along", token=token, _anchor="opmerkingen"),
        )
        if answer is not None:
            return _closed_to_others(make_response(answer))
        with reading() as session:  # it may have been revoked while the remark was on its way
            link = opened_link(session, token) or abort(404)
    match link.state:
        case LinkState.OPEN:
            return _closed_to_others(make_response(_page(link, form)))
        case LinkState.LIVE if not form.is_submitted():
            return redirect(url_for("public.show_campaign", slug=link.slug))
        case LinkState.LIVE | LinkState.REVOKED | LinkState.ENDED | LinkState.GONE:
            page = render_template("public/funders/closed.html", link=link, form=form)
            return _closed_to_others(make_response(page, 410))
        case _:
            assert_never(link.state)


def _page(link: OpenedLink, form: RemarkForm) -> str:
    with reading() as session:
        campaign = page_by_id(session, link.campaign_id) or abort(404)
        lines = budget_of(session, campaign.id)
        rewards = offered_rewards(session, campaign.id)
        needs = open_needs(session, campaign.id)
        pictures = pictures_of(session, campaign.id)
        video = video_of(session, campaign.id)
        person = current_person()
        is_own = person is not None and acts_for(session, campaign.id, person.id)
        remarks = remarks_of(session, campaign.id, link_id=link.id, limit=MOST_REMARKS)
    if not (form.is_submitted() or is_own):
        _note_look(link.id)
    return render_template(
        "public/funders/look.html",
        campaign=campaign if link.shows_members else _without_names(campaign),
        lines=lines,
        rewards=rewards,
        needs=needs,
        pictures=pictures,
        video=video,
        remarks=remarks,
        link=link,
        form=form,
        total=NOTHING,
        gifts=[],
        matches=[],
        can_give=False,
    )


def _note_look(link_id: UUID) -> None:
    with writing() as session:
        service.note_look(session, link_id)


def _remark(form: RemarkForm) -> service.Remark:
    return service.Remark(
        name=form.name.data or "",
        organisation=form.organisation.data or "",
        body=form.body.data or "",
        part=ReviewPart(form.part.data) if form.part.data else None,
    )


def _without_names(campaign: PageRow) -> PageRow:
    return campaign._replace(initiator_name="", co_initiators=None)


def _closed_to_others(answer: Response) -> Response:
    """No search engine and no cache keeps it, and no other site learns its address."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
