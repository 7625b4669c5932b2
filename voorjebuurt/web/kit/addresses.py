"""Addresses as people type them: with a slash or a dot behind, or with capitals."""

from urllib.parse import quote

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from voorjebuurt.web.kit.local_paths import local_path

_BEHIND = "/.,;"
"""What comes behind an address in a sentence, and is no part of it."""
_METHODS = frozenset({"GET", "HEAD"})
_SLUG = "<slug>"


def straight_address() -> str | None:
    """Where the page is that somebody meant with an address that has none, query and all.

    None when that is this address, or no page. Words of the site and slugs are written in small
    letters; what else stands in an address, as a secret, is kept as it is.
    """
    if request.method not in _METHODS:
        return None
    path = request.path.rstrip(_BEHIND)
    rule = _rule(path) or _rule(path.lower())
    if rule is None or rule.count("/") != path.count("/"):
        return None
    pairs = zip(rule.split("/"), path.split("/"), strict=True)
    straight = "/".join(_written(pattern, segment) for pattern, segment in pairs)
    if straight == request.path or _rule(straight) != rule:
        return None
    query = request.query_string.decode("ascii", "replace")
    return local_path(quote(straight) + (f"?{query}" if query else ""))


def _rule(path: str) -> str | None:
    adapter = current_app.create_url_adapter(request)
    if adapter is None or not path:
        return None
    try:
        rule, _ = adapter.match(path, method="GET", return_rule=True)
    except HTTPException:
        return None
    return rule.rule if isinstance(rule, Rule) else None


def _written(pattern: str, segment: str) -> str:
    """A part of an address as the site writes it; ``pattern`` is that part of the rule."""
    return segment.lower() if pattern == _SLUG or "<" not in pattern else segment
