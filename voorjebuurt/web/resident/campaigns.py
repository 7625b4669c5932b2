"""One's own campaigns: the list, the desk of one, the talk with the coach."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns import pitch, queries, review
from voorjebuurt.campaigns.coaching.conversation import talk_turn, unread_entries
from voorjebuurt.campaigns.coaching.queries import open_edits
from voorjebuurt.campaigns.members.queries import members_of, own_invitations
from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.campaigns.rules import CAMPAIGN_TRANSITIONS, CampaignStatus
from voorjebuurt.payouts.payee_queries import current_payee, sent_back_of
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.queries import crowd_totals
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import AnswerForm
from voorjebuurt.web.resident.overview.running import running_of


@blueprint.get("/acties")
def list_campaigns() -> ResponseReturnValue:
    """All campaigns of the person who is signed in."""
    with reading() as session:
        campaigns = queries.campaigns_of(session, signed_in_person().id)
        totals = crowd_totals(session, [campaign.id for campaign in campaigns])
        invitations = own_invitations(session, signed_in_person().id)
    return render_template(
        "resident/campaigns/list.html", campaigns=campaigns, totals=totals, invitations=invitations
    )


@blueprint.get("/acties/<uuid:campaign_id>")
def show_campaign(campaign_id: UUID) -> ResponseReturnValue:
    """The desk of one campaign: how it stands and what is to be done now."""
    with reading() as session:
        if queries.is_unclaimed(session, campaign_id):
            return render_template("resident/campaigns/claim.html", campaign_id=campaign_id)
    return _desk(campaign_id, AnswerForm())


@blueprint.post("/acties/<uuid:campaign_id>/van-mij")
def confirm_draft(campaign_id: UUID) -> ResponseReturnValue:
    """Say that a draft that was begun with one's address is one's own."""
    do(
        lambda session: pitch.confirm_draft(
            session, campaign_id=campaign_id, person_id=signed_in_person().id
        ),
        message=_("Your plan is now among your campaigns."),
    )
    return redirect(url_for("resident.show_campaign", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/antwoord")
def answer_question(campaign_id: UUID) -> ResponseReturnValue:
    """Say something to the coach."""
    form = AnswerForm()
    answer = submit(
        form,
        lambda session: review.answer_question(
            session, campaign_id=campaign_id, body=form.body.data or "", actor=current_actor()
        ),
        message=_("Your answer has been sent."),
        back=url_for("resident.show_campaign", campaign_id=campaign_id),
    )
    return answer or _desk(campaign_id, form)


@blueprint.route("/acties/<uuid:campaign_id>/intrekken", methods=["GET", "POST"])
def withdraw_pitch(campaign_id: UUID) -> ResponseReturnValue:
    """Take a pitch back, after a question."""
    desk = redirect(url_for("resident.show_campaign", campaign_id=campaign_id))
    form = AnswerForm()
    if form.is_submitted():
        do(
            lambda session: pitch.withdraw_pitch(
                session, campaign_id=campaign_id, actor=current_actor()
            ),
            message=_("Your plan has been withdrawn."),
        )
        return desk
    with reading() as session:
        campaign = page_by_id(session, campaign_id)
    if campaign is None or not _can_withdraw(campaign.status):
        return desk
    return render_template("resident/campaigns/withdraw.html", campaign=campaign)


def _desk(campaign_id: UUID, form: AnswerForm) -> str:
    with reading() as session:
        campaign = page_by_id(session, campaign_id)
        notes = queries.review_notes(session, campaign_id)
        total = crowd_totals(session, [campaign_id])[campaign_id]
        payee = current_payee(session, campaign_id)
        came_back = sent_back_of(session, campaign_id, payee)
        near_miss = last_near_miss(session, campaign_id)
        running = running_of(session, campaign, total)
        members = members_of(session, campaign_id)
        waiting_edits = open_edits(session, campaign_id)
        turn = talk_turn(session, campaign_id)
        news = unread_entries(session, campaign_id, signed_in_person().id)
    return render_template(
        "resident/campaigns/show.html",
        campaign=campaign,
        notes=notes,
        total=total,
        near_miss=near_miss,
        running=running,
        members=members,
        open_edits=waiting_edits,
        turn=turn,
        unread=news,
        me=signed_in_person().id,
        payee=payee,
        came_back=came_back,
        answer=form,
        form=form if form.errors else None,
        can_withdraw=campaign is not None and _can_withdraw(campaign.status),
    )


def _can_withdraw(status: str) -> bool:
    return CAMPAIGN_TRANSITIONS.allowed(CampaignStatus(status), "withdraw")
