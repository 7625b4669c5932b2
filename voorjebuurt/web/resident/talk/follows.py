"""What somebody who is signed in follows."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.follow.queries import follows_of
from voorjebuurt.campaigns.follow.service import end_follow as end
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.resident.blueprint import blueprint


@blueprint.get("/volgen")
def show_follows() -> ResponseReturnValue:
    """All that one's address follows and was confirmed."""
    with reading() as session:
        rows = follows_of(session, signed_in_person().email)
    rows = [row for row in rows if row.confirmed_at is not None]
    return render_template("resident/follows.html", follows=rows)


@blueprint.post("/volgen/<uuid:follow_id>/stoppen")
def end_follow(follow_id: UUID) -> ResponseReturnValue:
    """Follow something no more."""
    do(
        lambda session: end(session, email=signed_in_person().email, follow_id=follow_id),
        message=_("You don't follow this any more."),
    )
    return redirect(url_for("resident.show_follows"))
