"""Updates of one's own campaign: writing, publishing, correcting and taking back."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.pages import PageRow, page_by_id
from voorjebuurt.campaigns.updates import service as updates
from voorjebuurt.campaigns.updates.queries import (
    UpdateRow,
    all_updates,
    edit_parts,
    update_of,
    update_parts,
)
from voorjebuurt.campaigns.updates.texts import SPEAKING, Audience
from voorjebuurt.pledges.news.readers import readers_of
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.submission import carried_out, submit
from voorjebuurt.web.kit.returned_forms import returned_reason
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.forms import EmptyForm
from voorjebuurt.web.resident.taken_pictures import take_picture
from voorjebuurt.web.resident.talk.update_form import UpdateForm

_MOST = 200


@blueprint.get("/acties/<uuid:campaign_id>/nieuws")
def list_updates(campaign_id: UUID) -> ResponseReturnValue:
    """Drafts, and what went out."""
    with reading() as session:
        campaign = _campaign(session, campaign_id)
        rows = all_updates(session, campaign_id, limit=_MOST)
    return render_template(
        "resident/updates/list.html",
        campaign=campaign,
        updates=rows,
        can_write=campaign.status in SPEAKING,
    )


@blueprint.route("/acties/<uuid:campaign_id>/nieuws/nieuw", methods=["GET", "POST"])
def write_update(campaign_id: UUID) -> ResponseReturnValue:
    """A new draft; what it looks like is on the page that follows."""
    with reading() as session:
        campaign = _campaign(session, campaign_id)
    form, ids = UpdateForm(), list[UUID]()

    def begin(session: Session) -> None:
        ids.append(
            updates.begin_update(
                session, campaign_id=campaign_id, text=form.as_text(), actor=current_actor()
            )
        )

    if _is_right(form) and carried_out(form, begin):
        return redirect(
            url_for("resident.publish_update", campaign_id=campaign_id, update_id=ids[-1])
        )
    return render_template("resident/updates/write.html", campaign=campaign, form=form, update=None)


@blueprint.route(
    "/acties/<uuid:campaign_id>/nieuws/<uuid:update_id>/bewerken", methods=["GET", "POST"]
)
def edit_update(campaign_id: UUID, update_id: UUID) -> ResponseReturnValue:
    """Change a draft, or correct what went out, which its page tells."""
    basis = PageBasis(
        SubjectKind.CAMPAIGN, campaign_id, locked_campaign, lambda s, _: edit_parts(s, update_id)
    )
    with reading() as session:
        version = PageVersion.of(session, basis)
        campaign, update = _both(session, campaign_id, update_id)
    form = UpdateForm(
        data={
            "title": update.title,
            "body": update.body,
            "audience": update.audience,
            "picture_key": update.picture_key or "",
            "picture_alt": update.picture_alt,
        }
    )
    form.version = version
    if update.published_at is not None:
        form.audience.validators = ()  # it stays as it was, and is not asked
    if _is_right(form) and carried_out(
        form,
        lambda session: updates.save_update(
            session,
            campaign_id=campaign_id,
            update_id=update_id,
            text=form.as_text(),
            actor=current_actor(),
        ),
    ):
        flash(_("Your update is saved."), "ok")
        return redirect(
            url_for("resident.publish_update", campaign_id=campaign_id, update_id=update_id)
        )
    return render_template(
        "resident/updates/write.html", campaign=campaign, form=form, update=update
    )


@blueprint.route("/acties/<uuid:campaign_id>/nieuws/<uuid:update_id>", methods=["GET", "POST"])
def publish_update(campaign_id: UUID, update_id: UUID) -> ResponseReturnValue:
    """How it looks, and the button that publishes it; of what went out, where it is."""
    basis = PageBasis(
        SubjectKind.CAMPAIGN, campaign_id, locked_campaign, lambda s, _: update_parts(s, update_id)
    )
    with reading() as session:
        version = PageVersion.of(session, basis)
        campaign, update = _both(session, campaign_id, update_id)
        for_donors = update.audience == Audience.DONORS
        readers = readers_of(session, campaign_id, for_donors=for_donors)
    form = EmptyForm()
    form.version = version
    answer = submit(
        form,
        lambda session: updates.publish_update(
            session, campaign_id=campaign_id, update_id=update_id, actor=current_actor()
        ),
        message=ngettext(
            "Your update is published. We mail %(num)s person.",
            "Your update is published. We mail %(num)s people.",
            readers,
        ),
        back=url_for("resident.list_updates", campaign_id=campaign_id),
    )
    return answer or render_template(
        "resident/updates/publish.html",
        campaign=campaign,
        update=update,
        form=form,
        readers=readers,
    )


@blueprint.route(
    "/acties/<uuid:campaign_id>/nieuws/<uuid:update_id>/terugnemen", methods=["GET", "POST"]
)
def withdraw_update(campaign_id: UUID, update_id: UUID) -> ResponseReturnValue:
    """Take what went out off the page, after a question."""
    with reading() as session:
        campaign, update = _both(session, campaign_id, update_id)
    back = url_for("resident.list_updates", campaign_id=campaign_id)
    if update.published_at is None:
        return redirect(back)
    question = Question(
        title=_("Take this update back?"),
        about=update.title,
        says=(
            _("It goes off the page. Mails that were sent already can't be taken back."),
            _("You can't publish it again."),
        ),
        button=_("Take the update back"),
        done=_("The update is off the page."),
        back=back,
        tone="danger",
    )
    return ask(
        question,
        EmptyForm(),
        lambda session: updates.withdraw_update(
            session, campaign_id=campaign_id, update_id=update_id, actor=current_actor()
        ),
        template="resident/updates/question.html",
        campaign=campaign,
    )


@blueprint.post("/acties/<uuid:campaign_id>/nieuws/<uuid:update_id>/weggooien")
def remove_update_draft(campaign_id: UUID, update_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    do(
        lambda session: updates.remove_draft(
            session, campaign_id=campaign_id, update_id=update_id, actor=current_actor()
        ),
        message=_("Your draft is removed."),
    )
    return redirect(url_for("resident.list_updates", campaign_id=campaign_id))


def _is_right(form: UpdateForm) -> bool:
    """Whether the form was sent and is right. A picture is kept, whatever else is wrong."""
    if not form.is_submitted():
        return False
    right = form.validate()
    if returned_reason() is not None:  # it is only shown again
        return False
    return take_picture(form, form) and right


def _campaign(session: Session, campaign_id: UUID) -> PageRow:
    return page_by_id(session, campaign_id) or abort(404)


def _both(session: Session, campaign_id: UUID, update_id: UUID) -> tuple[PageRow, UpdateRow]:
    campaign = _campaign(session, campaign_id)
    return campaign, update_of(session, campaign_id, update_id) or abort(404)
