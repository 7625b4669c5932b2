"""Following something with an address of mail, and the page of what one follows."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.follow import service as follow
from voorjebuurt.campaigns.follow.queries import (
    address_of_link,
    area_by_code,
    follows_of,
)
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.mail.addresses import is_confirmed
from voorjebuurt.pledges.gifts import Gift, gift_by_token
from voorjebuurt.pledges.rules import GiftState
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import Form, email_field
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.words.campaign_labels import THEMES, theme_of_topic

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


class FollowForm(Form):
    """Where news goes."""

    email = email_field()


@blueprint.route("/acties/<slug>/volgen", methods=["GET", "POST"])
def follow_campaign(slug: str) -> ResponseReturnValue:
    """Follow one campaign: its updates come at once."""
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
    back = url_for("public.show_campaign", slug=slug)
    return _follow(Thing(campaign_id=campaign.id), campaign.title, back)


@blueprint.route("/volgen/buurt/<code>", methods=["GET", "POST"])
def follow_area(code: str) -> ResponseReturnValue:
    """Follow a neighbourhood: a mail a week at most."""
    with reading() as session:
        area = area_by_code(session, code) or abort(404)
    back = url_for("public.list_campaigns", buurt=code)
    return _follow(Thing(area_code=code), area.name, back)


@blueprint.route("/volgen/thema/<topic>", methods=["GET", "POST"])
def follow_theme(topic: str) -> ResponseReturnValue:
    """Follow a theme: a mail a week at most."""
    theme = theme_of_topic(topic) or abort(404)
    back = url_for("public.list_campaigns", thema=topic)
    return _follow(Thing(theme=theme.value), str(THEMES[theme]), back)


def _follow(thing: Thing, name: str, back: str) -> ResponseReturnValue:
    """At once for who is signed in with an address that was confirmed; else by a mailed link.

    What is said to others is the same for every address.
    """
    person = current_person()
    with reading() as session:
        email = person.email if person and is_confirmed(session, person.email) else None
    form = FollowForm(data={"email": person.email if person else ""})
    if email is not None:
        form.email.validators = ()

    def deed(session: Session) -> None:
        if email is None:
            address = form.email.data or ""
            follow.ask_to_follow(session, thing=thing, email=address, locale=chosen_locale())
        else:
            follow.follow_as_reader(session, thing=thing, email=email, locale=chosen_locale())

    message = (
        _("We mailed you a link. Open it to confirm that you want to follow this.")
        if email is None
        else _("You follow this now.")
    )
    answer = submit(form, deed, message=message, back=back)
    return answer or render_template(
        "public/follows/follow.html", form=form, thing=thing, name=name, back=back, reader=email
    )


@blueprint.post("/giften/<token>/volgen")
def follow_from_gift(token: str) -> ResponseReturnValue:
    """After a gift, with one press: the neighbourhood, or its campaign again."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
        campaign = public_page(session, gift.campaign.slug) or abort(404)
    email = _reader_of(gift) or abort(404)
    if campaign.neighbourhood_code is None:
        abort(404)
    thing = Thing(area_code=campaign.neighbourhood_code)
    do(
        lambda session: follow.follow_as_reader(
            session, thing=thing, email=email, locale=chosen_locale()
        ),
        message=_("You follow this neighbourhood now."),
    )
    return redirect(url_for("public.show_gift", token=token))


def _reader_of(gift: Gift) -> str | None:
    """The address of a gift that was paid: who paid showed that they read it."""
    return gift.email if gift.state is GiftState.BOOKED else None


@blueprint.route("/volgen", methods=["GET", "POST"])
def ask_follows() -> ResponseReturnValue:
    """Have the link mailed to what an address follows; the same is said for every address."""
    form = FollowForm()
    answer = submit(
        form,
        lambda session: follow.ask_for_link(
            session, email=form.email.data or "", locale=chosen_locale()
        ),
        message=_("Does this address follow something? Then we mailed you a link."),
        back=url_for("public.ask_follows"),
    )
    return answer or render_template("public/follows/ask.html", form=form)


@blueprint.get(f"/volgen/{_TOKEN}")
def show_follows(token: str) -> ResponseReturnValue:
    """What the mailed link opens: all that the address follows, with buttons."""
    with reading() as session:
        email = address_of_link(session, token)
        rows = follows_of(session, email) if email else []
    page = render_template("public/follows/list.html", email=email, follows=rows, token=token)
    return page, 200 if email else 404


@blueprint.post(f"/volgen/{_TOKEN}/<uuid:follow_id>/bevestigen")
def confirm_follow(token: str, follow_id: UUID) -> ResponseReturnValue:
    """Say that one wants the news of something."""
    with reading() as session:
        email = address_of_link(session, token) or abort(404)
    do(
        lambda session: follow.confirm_follow(session, email=email, follow_id=follow_id),
        message=_("You follow this now."),
    )
    return redirect(url_for("public.show_follows", token=token))


@blueprint.post(f"/volgen/{_TOKEN}/<uuid:follow_id>/stoppen")
def end_follow(token: str, follow_id: UUID) -> ResponseReturnValue:
    """Follow something no more."""
    with reading() as session:
        email = address_of_link(session, token) or abort(404)
    do(
        lambda session: follow.end_follow(session, email=email, follow_id=follow_id),
        message=_("You don't follow this any more."),
    )
    return redirect(url_for("public.show_follows", token=token))
