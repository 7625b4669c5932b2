"""What is done with funds, and their states, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

FUND_ACTIONS: Mapping[str, LazyString] = {
    "fund.changed": _l("Changed a fund"),
    "fund.close": _l("Fund closed"),
    "fund.created": _l("Began a fund"),
    "fund.divide": _l("Divided a fund"),
    "fund.open": _l("Fund opened"),
    "fund.publish": _l("Published a fund"),
    "fund.rehearse": _l("Rules of a fund were rehearsed"),
    "fund.revise": _l("Fund became a draft again"),
    "fund.rules_saved": _l("Changed the rules of a fund"),
    "fund.settle": _l("Fund was settled"),
    "fund.settle_live": _l("Fund was settled"),
    "fund.version_published": _l("Published a new version of a fund"),
    "fund.withdraw": _l("Withdrew a fund"),
}

FUND_TOPICS: Mapping[str, LazyString] = {
    "fund": _l("Funds"),
}
