"""The form to search campaigns with."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from voorjebuurt.campaigns.rules import Theme
from voorjebuurt.pledges.discovery import MAX_WORDS
from voorjebuurt.web.kit.forms.fields import Form, SearchField, at_most
from voorjebuurt.web.words.campaign_labels import THEMES, TOPICS


class SearchForm(Form):
    """The filters of the list; it is sent by GET, so that a result can be shared."""

    class Meta:
        csrf = False

    zoek = SearchField(
        _l("Search"),
        validators=[at_most(MAX_WORDS, quiet=True)],
        render_kw={"autocomplete": "off"},
    )
    gemeente = SelectField(_l("Municipality"), validate_choice=False)
    buurt = SelectField(_l("Neighbourhood"), validate_choice=False)
    thema = SelectField(_l("Theme"), validate_choice=False)
    toon = SelectField(_l("Show"), validate_choice=False)
    volgorde = SelectField(_l("Order"), validate_choice=False)

    def offer(
        self,
        neighbourhoods: list[tuple[str, str]],
        themes: dict[str, int],
        towns: list[tuple[str, str]],
    ) -> None:
        """Fill the choices: towns by slug, areas by code, themes with how many they have."""
        self.gemeente.choices = [
            SelectChoice("", _l("All municipalities")),
            *(SelectChoice(*pair) for pair in towns),
        ]
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
