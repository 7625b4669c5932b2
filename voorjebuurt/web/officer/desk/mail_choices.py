"""Which mails an officer gets about the work that waits, and how often."""

from collections.abc import Mapping

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice

from voorjebuurt.decisions.rules.mail_kinds import OfficerMailKind, cadences
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import cadences_of, choose_cadences
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import Form, chosen
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import TEMPLATE

CADENCES: Mapping[Cadence, LazyString] = {
    Cadence.AT_ONCE: _l("At once, in at most one mail an hour"),
    Cadence.DAILY: _l("In one mail a day, from Monday to Friday"),
    Cadence.NEVER: _l("Never"),
}
_CHOOSE = _l("Choose how often.")


class MailChoiceForm(Form):
    """How often each kind of mail comes; the fields are called after the kinds."""

    application = RadioField(_l("New applications"), validators=[chosen(_CHOOSE)])
    completion = RadioField(_l("Applications that were completed"), validators=[chosen(_CHOOSE)])
    plan = RadioField(_l("Changes of an award that were asked for"), validators=[chosen(_CHOOSE)])
    proposal = RadioField(_l("Proposals that you may approve"), validators=[chosen(_CHOOSE)])
    objection = RadioField(_l("Objections that you may decide on"), validators=[chosen(_CHOOSE)])
    views = RadioField(_l("Views and proof of applicants"), validators=[chosen(_CHOOSE)])
    term = RadioField(_l("Terms that end soon"), validators=[chosen(_CHOOSE)])


@blueprint.route("/mails", methods=["GET", "POST"])
def choose_mails() -> ResponseReturnValue:
    """Choose for each kind of mail how often it comes."""
    with reading() as session:
        current = cadences(cadences_of(session, signed_in_person().id))
    form = MailChoiceForm(data={kind.value: cadence.value for kind, cadence in current.items()})
    for kind in OfficerMailKind:
        form[kind.value].choices = [SelectChoice(*pair) for pair in CADENCES.items()]
    question = Question(
        title=_("My mails"),
        about=_("To do"),
        back=url_for("officer.show_desk"),
        button=_("Save my choices"),
        done=_("Your choices are saved."),
        says=(
            _("You get mail about work that you may do. It is all on your desk too."),
            _("Terms at once: you get a mail 14, 7 and 2 days before the last day, and on it."),
        ),
    )
    return ask(question, form, lambda session: _choose(session, form), template=TEMPLATE)


def _choose(session: Session, form: MailChoiceForm) -> None:
    choose_cadences(
        session,
        person_id=signed_in_person().id,
        cadences={kind.value: Cadence(form[kind.value].data) for kind in OfficerMailKind},
        actor=current_actor(),
    )
