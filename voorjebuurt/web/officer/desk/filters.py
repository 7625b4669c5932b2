"""Ways of looking at the work list that an officer keeps: added by name, and removed."""

from urllib.parse import urlencode
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.decisions.filters.service import (
    TITLE_MAX_LENGTH,
    filters_of,
    remove_filter,
    save_filter,
)
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most, required
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.desk.work_forms import FILTERS


class FilterForm(Form):
    """By which name it is kept."""

    title = StringField(
        _l("Name of this selection"),
        validators=[
            required(_l("Give it a name, for example ‘Objections this week’.")),
            at_most(TITLE_MAX_LENGTH),
        ],
    )


@blueprint.route("/selecties", methods=["GET", "POST"])
def list_filters() -> ResponseReturnValue:
    """What was kept, and the form that keeps the selection of the address."""
    reader_id = signed_in_person().id
    with reading() as session:
        filters = filters_of(session, reader_id)
    form = FilterForm()
    query = urlencode({key: request.args[key] for key in FILTERS if request.args.get(key)})
    question = Question(
        title=_("My selections"),
        about=_("To do"),
        button=_("Keep this selection"),
        done=_("The selection is kept. You find it above your list."),
        back=url_for("officer.show_desk") + (f"?{query}" if query else ""),
    )
    return ask(
        question,
        form,
        lambda session: save_filter(
            session, person_id=reader_id, title=form.title.data or "", query=query
        ),
        template="officer/filters.html",
        filters=filters,
    )


@blueprint.post("/selecties/<uuid:filter_id>/verwijder")
def remove_kept_filter(filter_id: UUID) -> ResponseReturnValue:
    """Throw one of one's own away."""
    do(
        lambda session: remove_filter(
            session, person_id=signed_in_person().id, filter_id=filter_id
        ),
        message=_("The selection is removed."),
    )
    return redirect(url_for("officer.list_filters"))
