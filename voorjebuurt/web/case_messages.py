"""The texts of errors about applications, decisions and objections, by code."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

CASE_MESSAGES: dict[str, LazyString] = {
    "already_applied": _l("This campaign has an application with this fund already."),
    "application_not_changeable": _l("This application can't be changed any more."),
    "application_not_found": _l("We can't find this application."),
    "campaign_cannot_apply": _l("This campaign can't ask for money from this fund at the moment."),
    "de_minimis_missing": _l(
        "Tell which other state aid you had in the last three years, or that there was none."
    ),
    "fund_elsewhere": _l("This fund is for campaigns in another municipality."),
    "fund_not_found": _l("We can't find this fund."),
    "fund_not_open": _l("This fund takes no applications at the moment."),
    "fund_other_area": _l("This fund is for campaigns in other neighbourhoods."),
    "group_unknown": _l("Choose a group from the list."),
    "other_fund_applied": _l(
        "This campaign has an application with another fund, and the two don't go together."
    ),
    "reach_missing": _l("Tell whom your campaign reaches."),
    "text_too_long": _l("Use at most %(maximum)s characters."),
}
"""One line per code, in alphabetical order."""
