"""Whole addresses of this site, as they stand on paper and on the sites of others."""

from typing import Any

from flask import url_for

from voorjebuurt.web.kit.database import the_settings


def site_link(endpoint: str, **values: Any) -> str:
    """A page's one address, by the site's own name, however this request reached it."""
    path = url_for(endpoint, _external=False, **values)
    return f"{the_settings().base_url}{path}"


def typed_link(endpoint: str, **values: Any) -> str:
    """The same as people type it: without what comes before the name."""
    return site_link(endpoint, **values).partition("://")[2].removeprefix("www.")
