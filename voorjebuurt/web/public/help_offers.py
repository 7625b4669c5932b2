"""Offering help to a campaign: the form, the mailed link, taking it back, and a calendar."""

from uuid import UUID

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.campaigns.needs import offers
from voorjebuurt.campaigns.needs.queries import need_to_offer, offer_of_link
from voorjebuurt.campaigns.needs.rules import MAX_LENGTHS, OfferTerms
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.icalendar import DayEvent, calendar_text
from voorjebuurt.people.rules import NAME_MAX_LENGTH
from voorjebuurt.web.kit.actions import refusals_flashed
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.forms.fields import (
    CountField,
    Form,
    StringField,
    TextAreaField,
    at_most,
    chosen,
    email_field,
    required,
)
from voorjebuurt.web.kit.forms.names import OwnName
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.public.blueprint import blueprint

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


class HelpForm(Form):
    """How many of it somebody offers, and who that is."""

    number = CountField(_l("How many do you offer?"), validators=[chosen(_l("Enter a number."))])
    name = StringField(
        _l("Your name"),
        validators=[required(_l("Enter your name.")), at_most(NAME_MAX_LENGTH), OwnName()],
        render_kw={"autocomplete": "name"},
    )
    email = email_field()
    message = TextAreaField(
        _l("A word to the initiators"),
        validators=[at_most(MAX_LENGTHS["message"])],
        render_kw={"rows": 3},
    )

    def terms(self) -> OfferTerms:
        """The offer as the service takes it, of a form that is right."""
        return OfferTerms(
            number=self.number.data or 0,
            name=self.name.data or "",
            email=self.email.data or "",
            message=self.message.data or "",
        )


class ConfirmHelpForm(Form):
    """The button that confirms an offer."""


@blueprint.route("/acties/<slug>/help/<uuid:need_id>", methods=["GET", "POST"])
def offer_help(slug: str, need_id: UUID) -> ResponseReturnValue:
    """Offer something; what is said is the same for every address."""
    with reading() as session:
        need, title, _campaign_id = need_to_offer(session, slug, need_id) or abort(404)
    person = current_person()
    contact = {"name": person.name, "email": person.email} if person else {}
    form = HelpForm(data={"number": 1, **contact})
    answer = submit(
        form,
        lambda session: offers.make_offer(
            session, need_id=need.id, terms=form.terms(), locale=chosen_locale()
        ),
        message=_("We mailed you a link. Open it to send your offer to the initiators."),
        back=url_for("public.show_campaign", slug=slug),
    )
    return answer or render_template(
        "public/needs/offer.html", form=form, need=need, title=title, slug=slug
    )


@blueprint.route(f"/hulp/{_TOKEN}", methods=["GET", "POST"])
def confirm_help(token: str) -> ResponseReturnValue:
    """What the mailed link opens: send the offer, see what became of it, or take it back."""
    form = ConfirmHelpForm()
    with reading() as session:
        offer = offer_of_link(session, token)
    if offer is not None:
        answer = submit(
            form,
            lambda session: offers.confirm_offer(session, token=token),
            message=_("Your offer is with the initiators."),
            back=url_for("public.confirm_help", token=token),
        )
        if answer is not None:
            return answer
    page = render_template("public/needs/own_offer.html", form=form, offer=offer, token=token)
    return page, 200 if offer is not None else 404


@blueprint.post(f"/hulp/{_TOKEN}/intrekken")
def take_help_back(token: str) -> ResponseReturnValue:
    """Take the offer back, with one press."""
    with reading() as session:
        offer = offer_of_link(session, token)
    if offer is None:
        page = render_template("public/needs/own_offer.html", form=None, offer=None, token=token)
        return page, 404
    with refusals_flashed():
        with writing() as session:
            offers.withdraw_offer(session, token=token)
        flash(_("Your offer is taken back."), "ok")
        return redirect(url_for("public.show_campaign", slug=offer.slug))
    return redirect(url_for("public.confirm_help", token=token))


@blueprint.get(f"/hulp/{_TOKEN}/agenda.ics")
def send_help_calendar(token: str) -> Response:
    """The day of the help that was accepted, for one's own calendar."""
    with reading() as session:
        offer = offer_of_link(session, token) or abort(404)
    if offer.state != "acceptance" or offer.on_day is None:
        abort(404)
    event = DayEvent(
        uid=f"help-{offer.id}@voorjebuurt",
        on=offer.on_day,
        summary=f"{offer.need} · {offer.campaign}",
        url=url_for("public.show_campaign", slug=offer.slug, _external=True),
    )
    data = calendar_text(
        offer.campaign, [event], product="-//Voor je Buurt//Hulp//NL", now=clock.now()
    )
    answer = make_response(data)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers.set("Content-Disposition", "attachment", filename="hulp.ics")
    answer.headers["Cache-Control"] = "no-store"
    return answer
