"""Alerts: what happened, and what somebody did about it."""

from datetime import datetime
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.audit import queries
from voorjebuurt.audit.service import resolve_alert as resolve
from voorjebuurt.people.queries import names_of
from voorjebuurt.pledges.overview import gift_campaign_id
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ResolutionForm


@blueprint.get("/meldingen")
def list_alerts() -> ResponseReturnValue:
    """Open alerts, the oldest first, and those that were dealt with."""
    page = Page.asked(size=25)
    with reading() as session:
        waiting = queries.open_alerts(session)
        resolved_alerts = queries.resolved_alerts(session, limit=page.limit, offset=page.offset)
        names = names_of(session, [alert.resolved_by for alert in resolved_alerts])
    return render_template(
        "staff/alerts/list.html",
        waiting=waiting,
        resolved=page.cut(resolved_alerts),
        names=names,
        page=page,
    )


@blueprint.get("/meldingen/<uuid:alert_id>")
def show_alert(alert_id: UUID) -> ResponseReturnValue:
    """One alert with all that is known."""
    return _page(alert_id, ResolutionForm())


@blueprint.post("/meldingen/<uuid:alert_id>")
def resolve_alert(alert_id: UUID) -> ResponseReturnValue:
    """Close it with what was done."""
    form = ResolutionForm()
    answer = submit(
        form,
        lambda session: resolve(
            session,
            alert_id=alert_id,
            resolution=form.resolution.data or "",
            actor=current_actor(),
        ),
        message=_("The alert is closed."),
        back=url_for("staff.list_alerts"),
    )
    return answer or _page(alert_id, form)


def _page(alert_id: UUID, form: ResolutionForm) -> ResponseReturnValue:
    with reading() as session:
        alert = queries.alert_by_id(session, alert_id) or abort(404)
        names = names_of(session, [alert.resolved_by])
        pledge_id = alert.detail.get("pledge_id")
        campaign_id = gift_campaign_id(session, UUID(pledge_id)) if pledge_id else None
    return render_template(
        "staff/alerts/show.html",
        alert=alert,
        recurrences=[
            (datetime.fromisoformat(again["at"]), again["detail"])
            for again in reversed(alert.recurrences)
        ],
        form=form,
        names=names,
        campaign_id=campaign_id,
    )
