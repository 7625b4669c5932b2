"""Beginning a version, handing it to a second person, and what that person does with it."""

from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.ownwords import service
from voorjebuurt.ownwords.queries import version_by_id
from voorjebuurt.web.kit.actions import do, refusals_flashed
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE
from voorjebuurt.web.officer.wording.forms import GiveBackForm
from voorjebuurt.web.officer.wording.views import wording_version


@blueprint.post("/brieven/<uuid:municipality_id>/beginnen")
def begin_wording(municipality_id: UUID) -> ResponseReturnValue:
    """Begin a version with the words of now, or go on with the one that is open."""
    with refusals_flashed():
        with writing() as session:
            wording_id = service.begin(
                session, municipality_id=municipality_id, actor=current_actor()
            )
        return redirect(url_for("officer.show_wording", wording_id=wording_id))
    return redirect(url_for("officer.list_wording", gemeente=municipality_id))


@blueprint.post("/brieven/<uuid:wording_id>/voorstellen")
def propose_wording(wording_id: UUID) -> ResponseReturnValue:
    """Ask a second person to look at a draft."""
    with reading() as session:
        version = wording_version(session, wording_id)
    do(
        lambda session: service.propose(session, wording_id=wording_id, actor=current_actor()),
        message=_("A colleague with the right to appoint can approve it now."),
        version=version,
    )
    return _back(wording_id)


@blueprint.post("/brieven/<uuid:wording_id>/goedkeuren")
def approve_wording(wording_id: UUID) -> ResponseReturnValue:
    """Let a version count, as the second person."""
    with reading() as session:
        version = wording_version(session, wording_id)
    do(
        lambda session: service.approve(session, wording_id=wording_id, actor=current_actor()),
        message=_("Approved. Decisions that are proposed from now on have these words."),
        version=version,
    )
    return _back(wording_id)


@blueprint.route("/brieven/<uuid:wording_id>/teruggeven", methods=["GET", "POST"])
def give_back_wording(wording_id: UUID) -> ResponseReturnValue:
    """Make a version that waits a draft again, and say what must be different."""
    with reading() as session:
        row = version_by_id(session, wording_id) or abort(404)
    question = Question(
        title=_("Give this version back"),
        about=_("Letters, version %(number)s", number=row.number),
        back=url_for("officer.show_wording", wording_id=wording_id),
        button=_("Give it back"),
        done=_("Given back. It can be changed again."),
        says=(_("It becomes a draft again. Letters stay as they are."),),
    )
    form = GiveBackForm()
    return ask(
        question,
        form,
        lambda session: service.give_back(
            session,
            wording_id=wording_id,
            remark=form.reason.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.post("/brieven/<uuid:wording_id>/laten-vallen")
def drop_wording(wording_id: UUID) -> ResponseReturnValue:
    """Let nothing come of an open version."""
    do(
        lambda session: service.drop(session, wording_id=wording_id, actor=current_actor()),
        message=_("Dropped. Letters stay as they are."),
    )
    return _back(wording_id)


def _back(wording_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("officer.show_wording", wording_id=wording_id))
