"""What somebody looks for in the list of campaigns, from the address of the page.

Addresses are typed, shared and mangled: whatever makes no sense is left out, never an error.
"""

from typing import Any

from flask import request, url_for

from voorjebuurt.pledges.discovery import Order, Stage, Wish
from voorjebuurt.web.public.search_form import SearchForm
from voorjebuurt.web.words.campaign_labels import TOPICS

STAGES = {"open": Stage.OPEN, "gelukt": Stage.WON, "alle": Stage.ALL}
ORDERS = {
    "nieuw": Order.NEWEST,
    "bijna": Order.ALMOST,
    "snel": Order.SOON,
    "past": Order.RELEVANCE,
}
_BY_TOPIC = {topic: theme for theme, topic in TOPICS.items()}


def search_form() -> SearchForm:
    """The form as the address fills it in."""
    form = SearchForm(request.args)
    form.zoek.validate(form)
    wish = wish_of(form)
    form.toon.data = next(name for name, stage in STAGES.items() if stage is wish.stage)
    form.volgorde.data = next(name for name, order in ORDERS.items() if order is wish.order)
    return form


def wish_of(form: SearchForm) -> Wish:
    """The same as a wish; with words and no order of their own, what fits best comes first."""
    words = form.zoek.data or ""
    best = Order.RELEVANCE if words else Order.NEWEST
    order = ORDERS.get(form.volgorde.data or "", best)
    return Wish(
        words=words,
        neighbourhood=_code(form.buurt.data),
        town=_slug(form.gemeente.data),
        theme=_BY_TOPIC.get(form.thema.data or ""),
        stage=STAGES.get(form.toon.data or "", Stage.OPEN),
        order=order if words or order is not Order.RELEVANCE else Order.NEWEST,
        page=_page(request.args.get("pagina", "")),
    )


def page_address(number: int) -> str:
    """The same list, another page."""
    return _address(pagina=number if number > 1 else None)


def chips(form: SearchForm) -> list[tuple[str, str]]:
    """What is being filtered on, each with the address of the list without it."""
    links = []
    if form.zoek.data:
        links.append((f"“{form.zoek.data}”", _address(zoek=None, pagina=None)))
    for field in (form.gemeente, form.buurt, form.thema):
        label = next(
            (str(choice.label) for choice in field.choices if choice.value == field.data), None
        )
        if field.data and label:
            without = label.rpartition(" (")[0] or label
            links.append((without, _address(**{field.name: None, "pagina": None})))
    return links


def _address(**changes: Any) -> str:
    arguments = {name: request.args.get(name) for name in (*SearchForm()._fields, "pagina")}
    parameters = {name: value or None for name, value in {**arguments, **changes}.items()}
    return url_for("public.list_campaigns", **parameters)


def _code(text: str | None) -> str | None:
    """A neighbourhood's code; whatever can't be one is no filter."""
    return text if text and text.isalnum() and text.isascii() and len(text) <= 10 else None


def _slug(text: str | None) -> str | None:
    """A municipality's; the same for what can't be one."""
    can_be = text and text.replace("-", "").isalnum() and text.isascii() and len(text) <= 80
    return text if can_be else None


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 6 else 1
