"""Campaigns that nearly made it, as staff see them: what waits for whom, and until when."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.pledges.near_miss.queries import open_near_misses
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.staff.blueprint import blueprint


@blueprint.get("/tweede-kansen")
def list_near_misses() -> ResponseReturnValue:
    """All that are not over, the first to end first."""
    with reading() as session:
        near_misses = open_near_misses(session)
    return render_template("staff/near_misses/list.html", near_misses=near_misses)
