"""The HTML with which other sites show a campaign: a frame with a page of ours, and no script."""

from dataclasses import dataclass

from markupsafe import Markup

from voorjebuurt.web.kit.site_links import site_link


@dataclass(frozen=True)
class WidgetSize:
    """How large the frame is (CSS pixels). ``name`` is its word in the address, if it has one."""

    width: int
    height: int
    name: str | None


CARD = WidgetSize(340, 470, None)
STRIP = WidgetSize(340, 210, "klein")
"""Without the picture."""
MIN_WIDTH = 240


def widget_link(slug: str, size: WidgetSize, locale: str) -> str:
    """The address of the page in the frame."""
    return site_link("public.show_widget", slug=slug, vorm=size.name, taal=locale)


def widget_code(*, slug: str, title: str, size: WidgetSize, locale: str) -> str:
    """The frame, to copy. The title is for who can't see what is in it."""
    frame = Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' referrerpolicy="no-referrer" sandbox="allow-popups allow-popups-to-escape-sandbox"'
        ' style="border:0"></iframe>'
    )
    link = widget_link(slug, size, locale)
    return str(frame.format(link, title, size.width, size.height))
