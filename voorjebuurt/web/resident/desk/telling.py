"""Donors without an address of mail: who is to be told what, the letters, and ticking them off."""

from uuid import UUID

from flask import abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.kernel import clock
from voorjebuurt.mail.render import paper_of
from voorjebuurt.pledges.by_hand.rules import Telling
from voorjebuurt.pledges.desk.queries import desk_letter, desk_letters
from voorjebuurt.pledges.desk.telling import tick_off
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.qr import qr_svg
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.desk.forms import ToldForm

LOCALE = "nl"
"""Letters are in Dutch, as what is said at the desk."""


@blueprint.get("/acties/<uuid:campaign_id>/balie/vertellen")
def list_desk_letters(campaign_id: UUID) -> ResponseReturnValue:
    """Who is to be told what, by hand or by a letter, and who was told."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        letters = desk_letters(session, campaign_id, signed_in_person().id)
    subjects = {
        row.id: paper_of(row.template, locale=LOCALE, base_url="", context=row.context).subject
        for row in (*letters.waiting, *letters.done)
        if row.context
    }
    return render_template(
        "resident/desk/letters.html", campaign=campaign, letters=letters, subjects=subjects
    )


@blueprint.route(
    "/acties/<uuid:campaign_id>/balie/vertellen/<uuid:letter_id>", methods=["GET", "POST"]
)
def tell_donor(campaign_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """A letter to print or to read out, and ticking it off."""
    form = ToldForm()
    answer = submit(
        form,
        lambda session: tick_off(
            session,
            campaign_id=campaign_id,
            letter_id=letter_id,
            how=Telling(form.how.data),
            actor=current_actor(),
        ),
        message=_("It is ticked off."),
        back=url_for("resident.list_desk_letters", campaign_id=campaign_id),
    )
    if answer is not None:
        return answer
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        row = desk_letter(session, campaign_id, letter_id, signed_in_person().id) or abort(404)
    if not row.context:
        abort(404)  # Long ago: what it said is forgotten.
    link = site_link("public.show_gift", token=row.token) if row.token else None
    if link is None:
        link = site_link("public.show_cash", token=row.cash_token)
    letter = paper_of(
        row.template, locale=LOCALE, base_url=the_settings().base_url, context=row.context
    )
    page = make_response(
        render_template(
            "resident/desk/letter.html",
            campaign=campaign,
            row=row,
            letter=letter,
            form=form,
            link=link,
            code=qr_svg(link),
            today=clock.today(),
        )
    )
    page.headers["Cache-Control"] = "no-store"
    return page
