"""Who a campaign is by, in words."""

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup, escape

from voorjebuurt.campaigns.pages import PageRow
from voorjebuurt.web.words.written import as_written


def by_whom(campaign: PageRow) -> str:
    """The group, or everybody who runs a campaign and wants that to be known; plain text."""
    return campaign.group_name or _row(campaign.initiator_names) or _("a neighbour")


def by_whom_written(campaign: PageRow) -> Markup | str:
    """The same for a page: each name in the language that it was written in."""
    if campaign.group_name:
        return as_written(campaign.group_name)
    names = [escape(as_written(name)) for name in campaign.initiator_names]
    return _row(names) or _("a neighbour")


def _row(names: Sequence[str]) -> str:
    if len(names) < 2:
        return names[0] if names else ""
    kind = Markup if isinstance(names[0], Markup) else str
    pattern = kind(_("%(names)s and %(last)s", names="{0}", last="{1}"))
    return pattern.format(kind(", ").join(names[:-1]), names[-1])
