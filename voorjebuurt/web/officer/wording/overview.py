"""Which words letters have now, what is being written, and every version that there was."""

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from voorjebuurt.decisions.budgets.queries import adopted_budgets, invoke_by
from voorjebuurt.ownwords import queries
from voorjebuurt.ownwords.rules import OPEN, LetterFamily
from voorjebuurt.people.queries import names_of
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.wording.views import SLUGS, wording_version, wording_view
from voorjebuurt.web.words import wording_labels


@blueprint.get("/brieven")
def list_wording() -> ResponseReturnValue:
    """The versions of one's municipality; of another of one's own by ``?gemeente=``."""
    reader = signed_in_person()
    with reading() as session:
        places = [each for each in municipalities(session) if each.id in reader.reads]
        place_id = _chosen([each.id for each in places])
        rows = queries.versions(session, place_id)
        current = queries.approved_version(session, place_id)
        people = {row.written_by for row in rows} | {row.approved_by for row in rows}
        return render_template(
            "officer/wording/list.html",
            places=places,
            place=next(each for each in places if each.id == place_id),
            rows=rows,
            can_write=place_id in reader.municipalities,
            current=current,
            open=next((row for row in rows if row.status in OPEN), None),
            names=names_of(session, [person for person in people if person]),
            labels=wording_labels,
            budgets=adopted_budgets(session, place_id),
            invoke_by=invoke_by,
        )


@blueprint.get("/brieven/<uuid:wording_id>")
def show_wording(wording_id: UUID) -> ResponseReturnValue:
    """One version: what it says, what it changes, and what can be done with it."""
    with reading() as session:
        version = wording_version(session, wording_id)
        view = wording_view(session, wording_id)
    return render_template(
        "officer/wording/show.html",
        view=view,
        row=view.row,
        version=version,
        kinds=LetterFamily,
        slugs=SLUGS,
        labels=wording_labels,
    )


def _chosen(mine: list[UUID]) -> UUID:
    """The municipality asked for, if it is the reader's own; else the first of theirs."""
    choice = [place_id for place_id in mine if str(place_id) == request.args.get("gemeente")]
    return next(iter([*choice, *mine]), None) or abort(404)
