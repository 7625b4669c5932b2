"""What somebody looks for in the list of campaigns, from the address of the page.

Addresses are typed, shared and mangled: whatever makes no sense is left out, never an error.
"""

from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from voorjebuurt.campaigns.rules import Theme
from voorjebuurt.pledges.discovery import MAX_WORDS, Order, Stage, Wish
from voorjebuurt.web.kit.forms.fields import Form, SearchField, at_most
from voorjebuurt.web.words.campaign_labels import THEMES, TOPICS

STAGES = {"open": Stage.OPEN, "gelukt": Stage.WON, "alle": Stage.ALL}
ORDERS = {
    "nieuw": Order.NEWEST,
    "bijna": Order.ALMOST,
    "snel": Order.SOON,
    "past": Order.RELEVANCE,
}
_BY_TOPIC = {topic: theme for theme, topic in TOPICS.items()}


class SearchForm(Form):
    """The filters of the list; it is sent by GET, so that a result can be shared."""

    class Meta:
        csrf = False

    zoek = SearchField(
        _l("Search"),
        validators=[at_most(MAX_WORDS, quiet=True)],
        render_kw={"autocomplete": "off"},
    )
    buurt = SelectField(_l("Neighbourhood"), validate_choice=False)
    thema = SelectField(_l("Theme"), validate_choice=False)
    toon = SelectField(_l("Show"), validate_choice=False)
    volgorde = SelectField(_l("Order"), validate_choice=False)

    def offer(self, neighbourhoods: list[tuple[str, str]], themes: dict[str, int]) -> None:
        """Fill the choices: neighbourhoods by code, themes with how many they have."""
        self.buurt.choices = [
            SelectChoice("", _l("All neighbourhoods")),
            *(SelectChoice(*pair) for pair in neighbourhoods),
        ]
        self.thema.choices = [
            SelectChoice("", _l("All themes")),
            *(SelectChoice(TOPICS[t], f"{THEMES[t]} ({themes.get(t.value, 0)})") for t in Theme),
        ]
        self.toon.choices = [
            SelectChoice("open", _l("Still going on")),
            SelectChoice("gelukt", _l("Succeeded")),
            SelectChoice("alle", _l("All campaigns")),
        ]
        self.volgorde.choices = [
            SelectChoice("nieuw", _l("Newest first")),
            SelectChoice("bijna", _l("Almost enough money")),
            SelectChoice("snel", _l("Ends soon")),
        ]
        if self.zoek.data:
            self.volgorde.choices.append(("past", _l("Fits best")))


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
    for field in (form.buurt, form.thema):
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


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 6 else 1
