"""The budget that the council adopted: from then on a condition of awards can be invoked."""

from uuid import UUID

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from voorjebuurt.decisions.budgets.service import Adoption
from voorjebuurt.decisions.budgets.service import note_adoption as note
from voorjebuurt.kernel import clock
from voorjebuurt.places.queries import municipalities
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import DayField, Form, YearField, chosen, required
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.words.written import as_written


class AdoptionForm(Form):
    """Which budget, from when, and whether there is enough in it."""

    year = YearField(_l("Year of the budget"), validators=[required(_l("Enter the year."))])
    adopted_on = DayField(_l("Adopted or approved on"), validators=[required(_l("Enter the day."))])
    enough = RadioField(
        _l("Is there enough money in it for what was awarded before?"),
        choices=[SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))],
        validators=[chosen()],
    )


@blueprint.route("/brieven/begroting/<uuid:municipality_id>", methods=["GET", "POST"])
def note_adoption(municipality_id: UUID) -> ResponseReturnValue:
    """Note that the council adopted a budget."""
    with reading() as session:
        places = {place.id: place.name for place in municipalities(session)}
    form = AdoptionForm(data={"year": clock.today().year + 1})
    question = Question(
        title=_("Note that the council adopted a budget"),
        about=as_written(places.get(municipality_id) or abort(404)),
        button=_("Note it"),
        done=_("It is noted. What must be done in time is on the work list."),
        back=url_for("officer.list_wording", gemeente=municipality_id),
        says=(
            _(
                "Awards on a budget that was not adopted yet have a condition (Awb 4:34). It "
                "lapses when you don’t invoke it within four weeks after the adoption or approval. "
                "Is there too little in the budget? Then those awards are on the work list until "
                "their last day."
            ),
        ),
    )
    return ask(
        question,
        form,
        lambda session: note(
            session,
            municipality_id=municipality_id,
            adoption=Adoption(
                form.year.data or 0,
                form.adopted_on.data or clock.today(),
                form.enough.data == "yes",
            ),
            actor=current_actor(),
        ),
        template="officer/question.html",
    )
