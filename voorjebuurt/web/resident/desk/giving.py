"""The desk: a gift for somebody at the table, and how it is paid."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.pledges.desk import giving
from voorjebuurt.pledges.desk.queries import desk_gift, desk_gifts, desk_letters
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.kit.qr import qr_svg
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.desk.forms import DeskForm


@blueprint.route("/acties/<uuid:campaign_id>/balie", methods=["GET", "POST"])
def show_desk(campaign_id: UUID) -> ResponseReturnValue:
    """The form for the next donor, and what was given here."""
    form = DeskForm()
    if form.validate_on_submit() and carried_out(
        form,
        lambda session: giving.make_desk_gift(
            session,
            campaign_id=campaign_id,
            gift_id=form.gift_id,
            terms=form.terms(),
            bounds=_bounds(),
            actor=current_actor(),
        ),
    ):
        return redirect(
            url_for("resident.show_desk_gift", campaign_id=campaign_id, gift_id=form.gift_id)
        )
    me = signed_in_person().id
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rows = desk_gifts(session, campaign_id, me)
        waiting = len(desk_letters(session, campaign_id, me).waiting)
    if any(row.id == form.gift_id for row in rows):
        form.slip.data = str(new_id())  # Back to a form that was sent: the next gift is another.
    page = site_link("public.start_pledge", slug=campaign.slug)
    return render_template(
        "resident/desk/show.html",
        campaign=campaign,
        form=form,
        rows=rows,
        waiting=waiting,
        takes=campaign.status == "live",
        limits=the_settings().cash,
        page=page,
        code=qr_svg(page),
    )


@blueprint.get("/acties/<uuid:campaign_id>/balie/<uuid:gift_id>")
def show_desk_gift(campaign_id: UUID, gift_id: UUID) -> ResponseReturnValue:
    """A gift that was made here: the way to the payment page, or to the tin, and its receipt."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        row = desk_gift(session, campaign_id, gift_id, signed_in_person().id) or abort(404)
        gift = gift_by_token(session, row.token) if row.token else None
    link = site_link("public.show_gift", token=row.token) if row.token else None
    is_to_pay = gift is not None and row.way == "checkout" and row.status == "open"
    return render_template(
        "resident/desk/gift.html",
        campaign=campaign,
        row=row,
        gift=gift,
        is_to_pay=is_to_pay,
        link=link,
        code=qr_svg(link) if is_to_pay and link else None,
    )


def _bounds() -> giving.DeskBounds:
    settings = the_settings()
    return giving.DeskBounds(settings.pledges, settings.cash, settings.donor_key)
