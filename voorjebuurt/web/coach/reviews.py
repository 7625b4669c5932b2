"""Reviewing pitches: the queue, one pitch, and what a coach can do with it."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns import queries, review
from voorjebuurt.campaigns.coaching.conversation import talks_for_coach
from voorjebuurt.campaigns.coaching.queries import edits_of
from voorjebuurt.campaigns.gallery.queries import pictures_of, video_of
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import has_part, own_campaigns
from voorjebuurt.campaigns.needs.queries import open_needs
from voorjebuurt.campaigns.page_parts import review_parts
from voorjebuurt.campaigns.pages import budget_of, page_by_id
from voorjebuurt.campaigns.rewards.queries import offered_rewards
from voorjebuurt.campaigns.rules import CampaignStatus, ReviewPart
from voorjebuurt.pledges.dedications.queries import count_waiting_logos
from voorjebuurt.pledges.near_miss.queries import open_near_misses
from voorjebuurt.web.coach.blueprint import blueprint
from voorjebuurt.web.coach.forms import FREE, MINE, NoteForm, QueueForm
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.kit.versions import PageBasis, PageVersion

HIDDEN_STATES = frozenset({CampaignStatus.DRAFT, CampaignStatus.WITHDRAWN})
"""What was never handed in, or was taken back, is not for coaches to read."""
_MOST_EDITS, _MOST_TALKS = 30, 50


@blueprint.get("/acties")
def list_reviews() -> ResponseReturnValue:
    """The pitches that wait, the longest waiting first, and changed plans of near misses."""
    form, page, me = QueueForm(request.args), Page.asked(size=25), signed_in_person().id
    with reading() as session:
        form.offer_towns(queries.queue_towns(session))
        is_right = form.validate()
        rows = queries.review_queue(
            session,
            municipality_id=form.town if is_right else None,
            coach_id=me if is_right and form.wie.data == MINE else None,
            is_free=is_right and form.wie.data == FREE,
            limit=page.limit,
            offset=page.offset,
        )
        talks = talks_for_coach(
            session,
            municipality_id=form.town if is_right else None,
            coach_id=me if is_right and form.wie.data == MINE else None,
            is_free=is_right and form.wie.data == FREE,
            limit=_MOST_TALKS,
        )
        near_misses = open_near_misses(session)
        logos = count_waiting_logos(session)
        own = own_campaigns(session, me)
    return render_template(
        "coach/reviews/list.html",
        form=form,
        queue=page.cut(rows),
        near_misses=near_misses,
        talks=talks,
        logos=logos,
        me=me,
        own=own,
        page=page,
        is_filtered=bool(form.gemeente.data or form.wie.data),
    )


@blueprint.post("/acties/<uuid:campaign_id>/nemen")
def take_review(campaign_id: UUID) -> ResponseReturnValue:
    """Take a pitch; that of a colleague only when that is what the button said."""
    over = "over" in request.form
    do(
        lambda session: review.take_review(
            session, campaign_id=campaign_id, over=over, actor=current_actor()
        ),
        message=_("You have this plan now."),
    )
    return redirect(url_for("coach.show_review", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/terugleggen")
def put_review_back(campaign_id: UUID) -> ResponseReturnValue:
    """Put back what one took."""
    do(
        lambda session: review.put_review_back(
            session, campaign_id=campaign_id, actor=current_actor()
        ),
        message=_("The plan is back, for another coach."),
    )
    return redirect(url_for("coach.list_reviews"))


@blueprint.get("/acties/<uuid:campaign_id>")
def show_review(campaign_id: UUID) -> ResponseReturnValue:
    """The whole pitch, the talk about it, and what can be decided."""
    return _page(campaign_id, NoteForm())


@blueprint.post("/acties/<uuid:campaign_id>/vraag")
def ask_question(campaign_id: UUID) -> ResponseReturnValue:
    """Ask the initiator something."""

    def ask(session: Session, body: str, part: ReviewPart | None) -> None:
        review.ask_question(
            session, campaign_id=campaign_id, body=body, part=part, actor=current_actor()
        )

    return _do(campaign_id, ask, _("Your question has been sent."))


@blueprint.post("/acties/<uuid:campaign_id>/terugsturen")
def send_back(campaign_id: UUID) -> ResponseReturnValue:
    """Return the pitch with reasons."""

    def send(session: Session, body: str, part: ReviewPart | None) -> None:
        review.send_back(
            session, campaign_id=campaign_id, body=body, part=part, actor=current_actor()
        )

    return _do(campaign_id, send, _("The plan has been sent back, with your reasons."))


@blueprint.post("/acties/<uuid:campaign_id>/afwijzen")
def reject_pitch(campaign_id: UUID) -> ResponseReturnValue:
    """Refuse the pitch."""

    def refuse(session: Session, body: str, _part: ReviewPart | None) -> None:
        review.reject(session, campaign_id=campaign_id, body=body, actor=current_actor())

    return _do(campaign_id, refuse, _("The plan has been rejected, with your reason."))


@blueprint.post("/acties/<uuid:campaign_id>/goedkeuren")
def approve_pitch(campaign_id: UUID) -> ResponseReturnValue:
    """Let the campaign go live."""

    def approve(session: Session, body: str, _part: ReviewPart | None) -> None:
        review.open_campaign(
            session,
            campaign_id=campaign_id,
            bounds=the_settings().campaigns,
            body=body,
            actor=current_actor(),
        )

    return _do(campaign_id, approve, _("The campaign is live."))


def _do(
    campaign_id: UUID, act: Callable[[Session, str, ReviewPart | None], None], message: str
) -> ResponseReturnValue:
    form = NoteForm()
    with reading() as session:
        form.version = _version(session, campaign_id)
    back = url_for("coach.show_review", campaign_id=campaign_id)
    answer = submit(
        form,
        lambda session: act(
            session,
            form.body.data or "",
            ReviewPart(form.part.data) if form.part.data else None,
        ),
        message=message,
        back=back,
    )
    return answer or _page(campaign_id, form)


def _version(session: Session, campaign_id: UUID) -> PageVersion:
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, review_parts)
    return PageVersion.of(session, basis)


def _page(campaign_id: UUID, form: NoteForm) -> str:
    with reading() as session:
        form.version = form.version or _version(session, campaign_id)
        campaign = page_by_id(session, campaign_id)
        if campaign is None or campaign.status in HIDDEN_STATES:
            abort(404)
        lines = budget_of(session, campaign_id)
        rewards = offered_rewards(session, campaign_id)
        needs = open_needs(session, campaign_id)
        pictures = pictures_of(session, campaign_id)
        video = video_of(session, campaign_id)
        notes = queries.review_notes(session, campaign_id)
        coach = queries.coach_of(session, campaign_id)
        edits = edits_of(session, campaign_id, limit=_MOST_EDITS)
        missing = queries.pitch_gaps(session, campaign_id, the_settings().campaigns)
        own = has_part(session, campaign_id, signed_in_person().id)
    return render_template(
        "coach/reviews/show.html",
        campaign=campaign,
        lines=lines,
        rewards=rewards,
        needs=needs,
        pictures=pictures,
        video=video,
        notes=notes,
        coach=coach,
        edits=edits,
        deadline_too_soon=any(gap.code == "deadline_too_soon" for gap in missing),
        own=own,
        form=form,
    )
