"""How often an initiator is mailed about gifts."""

from collections.abc import Mapping
from uuid import UUID

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import RadioField, SelectChoice

from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.pledges.gift_news import choose_gift_cadence, gift_cadence
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import Form, chosen
from voorjebuurt.web.resident.blueprint import blueprint

CADENCES: Mapping[Cadence, LazyString] = {
    Cadence.AT_ONCE: _l("At once, in at most one mail an hour"),
    Cadence.DAILY: _l("In one mail a day"),
    Cadence.NEVER: _l("Never"),
}


class GiftMailForm(Form):
    """How often."""

    cadence = RadioField(
        _l("How often do you want to hear of new gifts?"),
        choices=[SelectChoice(*pair) for pair in CADENCES.items()],
        validators=[chosen(_l("Choose how often."))],
    )


@blueprint.route("/acties/<uuid:campaign_id>/mails", methods=["GET", "POST"])
def choose_gift_mails(campaign_id: UUID) -> ResponseReturnValue:
    """Choose it, for all one's campaigns."""
    person_id = signed_in_person().id
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        current = gift_cadence(session, person_id)
    form = GiftMailForm(data={"cadence": current.value})
    question = Question(
        title=_("Mails about gifts"),
        says=(_("This holds for all your campaigns. Mails about money and the end still come."),),
        button=_("Save my choice"),
        done=_("Your choice is saved."),
        back=url_for("resident.show_campaign", campaign_id=campaign_id),
    )
    return ask(
        question,
        form,
        lambda session: choose_gift_cadence(
            session,
            person_id=person_id,
            cadence=Cadence(form.cadence.data),
            actor=current_actor(),
        ),
        template="resident/gift_mails.html",
        campaign=campaign,
    )
