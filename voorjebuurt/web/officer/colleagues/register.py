"""Who is and was an officer here, up to what, since when and by whom; and what waits."""

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.appointments.register import mandates
from voorjebuurt.people.appointments.remits import ENOUGH_APPOINTERS
from voorjebuurt.people.role_proposal_queries import waiting_roles
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint


@blueprint.get("/medewerkers")
def list_colleagues() -> ResponseReturnValue:
    """The register of mandates of one's municipality; of another of one's own by ``?gemeente=``."""
    reader = signed_in_person()
    with reading() as session:
        places = [each for each in municipalities(session) if each.id in reader.municipalities]
        place_id = _chosen([each.id for each in places])
        rows = mandates(session, place_id)
        holders = appointers(session, place_id)
        return render_template(
            "officer/colleagues/list.html",
            places=places,
            place=next(each for each in places if each.id == place_id),
            now=[row for row in rows if row.ended_at is None],
            earlier=[row for row in rows if row.ended_at is not None],
            proposals=waiting_roles(session, municipality_id=place_id),
            may_appoint=reader.id in holders,
            too_few=len(holders) < ENOUGH_APPOINTERS,
            reader_id=reader.id,
        )


def _chosen(mine: list[UUID]) -> UUID:
    """The municipality asked for, if it is the reader's own; else the first of theirs."""
    choice = [place_id for place_id in mine if str(place_id) == request.args.get("gemeente")]
    return next(iter([*choice, *mine]), None) or abort(404)
