"""Looking for something in a long list, on the desks of staff and officers."""

from collections.abc import Collection

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.web.kit.forms.fields import Form, StringField, at_most
from voorjebuurt.web.words.campaign_labels import STATES


class SearchForm(Form):
    """Finding something by a few words."""

    class Meta:
        csrf = False

    zoek = StringField(_l("Search"), validators=[Optional(), at_most(100, quiet=True)])


class CampaignSearchForm(SearchForm):
    """Finding campaigns by words and state."""

    status = SelectField(_l("State"), validators=[Optional()])


def campaign_search(states: Collection[CampaignStatus]) -> CampaignSearchForm:
    """The form as asked for in the address, with these states to choose from."""
    form = CampaignSearchForm(request.args)
    choices = [(state.value, STATES[state][0]) for state in STATES if state in states]
    form.status.choices = [SelectChoice("", _("All")), *(SelectChoice(*pair) for pair in choices)]
    return form
