"""The sample of a fund: who was drawn and why, with all that it takes to work it out again."""

from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.decisions.inquiries.draws import is_reproducible
from voorjebuurt.decisions.inquiries.queries import lots_of_fund
from voorjebuurt.matching.funds.queries import fund_by_id, latest_version
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint


@blueprint.get("/fondsen/<uuid:fund_id>/loting")
def show_lots(fund_id: UUID) -> ResponseReturnValue:
    """Every lot of a fund, the latest draw first; each is worked out again as it is shown."""
    with reading() as session:
        fund = fund_by_id(session, fund_id) or abort(404)
        version = latest_version(session, fund_id)
        lots = lots_of_fund(session, fund_id)
    return render_template(
        "officer/inquiries/lots.html",
        fund=fund,
        percent=version.sample_percent if version else 0,
        rows=[(lot, number, is_reproducible(lot, number)) for lot, number in lots],
    )
