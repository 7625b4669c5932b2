"""Thanking the donors of one's own campaign: all of them, or one."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from voorjebuurt.campaigns.pages import page_by_id
from voorjebuurt.campaigns.updates.texts import SPEAKING
from voorjebuurt.kernel import text
from voorjebuurt.pledges.news.readers import readers_of
from voorjebuurt.pledges.thanks.queries import DonorRow, thankable_gifts, thanks_of
from voorjebuurt.pledges.thanks.service import THANKS_MAX_LENGTH
from voorjebuurt.pledges.thanks.service import thank_donors as thank
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.resident.blueprint import blueprint

_MOST = 200
_ALL = "all"


class ThanksForm(Form):
    """Whom, and in which words."""

    to = SelectField(_l("Who do you want to thank?"))
    body = TextAreaField(
        _l("Your thanks"),
        validators=[required(_l("Write your thanks.")), at_most(THANKS_MAX_LENGTH)],
        render_kw={"rows": 6},
    )


@blueprint.route("/acties/<uuid:campaign_id>/bedanken", methods=["GET", "POST"])
def thank_donors(campaign_id: UUID) -> ResponseReturnValue:
    """The form, and what was sent before."""
    with reading() as session:
        campaign = page_by_id(session, campaign_id) or abort(404)
        gifts = thankable_gifts(session, campaign_id, limit=_MOST)
        sent_thanks = thanks_of(session, campaign_id, limit=_MOST)
        number = readers_of(session, campaign_id, for_donors=True)
    form = ThanksForm()
    everybody = ngettext("Everybody who gave (%(num)s)", "Everybody who gave (%(num)s)", number)
    form.to.choices = [
        SelectChoice(_ALL, everybody),
        *(SelectChoice(str(gift.pledge_id), _donor(gift)) for gift in gifts),
    ]
    answer = submit(
        form,
        lambda session: thank(
            session,
            campaign_id=campaign_id,
            pledge_id=None if form.to.data == _ALL else UUID(form.to.data),
            body=form.body.data or "",
            actor=current_actor(),
        ),
        message=_("Your thanks are on their way."),
        back=url_for("resident.thank_donors", campaign_id=campaign_id),
    )
    return answer or render_template(
        "resident/thanks/write.html",
        campaign=campaign,
        form=form,
        thanks=sent_thanks,
        can_thank=campaign.status in SPEAKING and number > 0,
    )


def _donor(gift: DonorRow) -> str:
    locale = str(get_locale() or "nl")
    name = gift.name or _("Somebody from the neighbourhood")
    amount = text.euro(gift.amount_cents, locale)
    return f"{name} · {amount} · {text.day(gift.booked_at, locale)}"
