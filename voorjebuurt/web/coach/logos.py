"""Logos of groups that gave, which wait for a coach; and those that can be taken off again."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.members.acting import has_part, own_campaigns
from voorjebuurt.pledges.corrections.words import lock_gift
from voorjebuurt.pledges.dedications.logos import (
    MAX_REASON,
    consent_to_logo,
    logo_parts,
    refuse_logo,
)
from voorjebuurt.pledges.dedications.queries import approved_logos, logo_of_gift, waiting_logos
from voorjebuurt.web.coach.blueprint import blueprint
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion

_MOST = 100


class LogoForm(Form):
    """Why a logo is refused; a yes needs no words."""

    reason = TextAreaField(
        _l("Why not?"),
        description=_l("Only for a no: the group reads it in a mail."),
        validators=[at_most(MAX_REASON)],
        render_kw={"rows": 3},
    )


@blueprint.get("/logos")
def list_logos() -> ResponseReturnValue:
    """What waits, the longest waiting first, and what is on pages."""
    with reading() as session:
        waiting = waiting_logos(session, limit=_MOST)
        on_pages = approved_logos(session, limit=_MOST)
        own = own_campaigns(session, signed_in_person().id)
    return render_template("coach/logos/list.html", waiting=waiting, on_pages=on_pages, own=own)


@blueprint.get("/logos/<uuid:pledge_id>")
def show_logo(pledge_id: UUID) -> ResponseReturnValue:
    """One logo, beside the name it comes with."""
    return _page(pledge_id, LogoForm())


@blueprint.post("/logos/<uuid:pledge_id>/ja")
def approve_logo(pledge_id: UUID) -> ResponseReturnValue:
    """Let it be on the page."""
    return _do(
        pledge_id,
        lambda session, _reason: consent_to_logo(
            session, pledge_id=pledge_id, actor=current_actor()
        ),
        _("The logo is on the campaign's page."),
    )


@blueprint.post("/logos/<uuid:pledge_id>/nee")
def refuse_logo_of_gift(pledge_id: UUID) -> ResponseReturnValue:
    """Keep it off the page, or take it off again."""
    return _do(
        pledge_id,
        lambda session, reason: refuse_logo(
            session, pledge_id=pledge_id, reason=reason, actor=current_actor()
        ),
        _("The logo is not on the page. The group gets your reason by mail."),
    )


def _do(pledge_id: UUID, act: Callable[[Session, str], None], message: str) -> ResponseReturnValue:
    form = LogoForm()
    with reading() as session:
        logo_of_gift(session, pledge_id) or abort(404)
        form.version = _version(session, pledge_id)
    answer = submit(
        form,
        lambda session: act(session, form.reason.data or ""),
        message=message,
        back=url_for("coach.list_logos"),
    )
    return answer or _page(pledge_id, form)


def _version(session: Session, pledge_id: UUID) -> PageVersion:
    return PageVersion.of(session, PageBasis(SubjectKind.PLEDGE, pledge_id, lock_gift, logo_parts))


def _page(pledge_id: UUID, form: LogoForm) -> str:
    with reading() as session:
        logo = logo_of_gift(session, pledge_id) or abort(404)
        form.version = form.version or _version(session, pledge_id)
        own = has_part(session, logo.campaign_id, signed_in_person().id)
    return render_template("coach/logos/show.html", logo=logo, own=own, form=form)
