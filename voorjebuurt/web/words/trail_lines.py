"""One line of the audit trail in words: which case, which decision, how much."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _

from voorjebuurt.decisions.reports.trail_subjects import TrailNames
from voorjebuurt.decisions.rules.kinds import DETERMINATIONS
from voorjebuurt.kernel import text
from voorjebuurt.kernel.catalogues import DUTCH
from voorjebuurt.web.words.case_labels import DECISION_KINDS
from voorjebuurt.web.words.mandate_labels import mandate_scope
from voorjebuurt.web.words.money_labels import ROLES

_AMOUNTS = (
    *("amount_cents", "penalty_cents", "extra_cents", "costs_cents", "match_cents", "cents"),
    *("ceiling_cents", "mandate_limit_cents"),
)
"""Details of an event that are an amount; the first one that is there and not nothing is named."""
_NOTHING_SAYS = ("mandate_limit_cents", "penalty_cents")
"""Of which an amount of nothing says something: no decisions, no penalty."""


class Line(Protocol):
    """A row of the trail, as far as it is read here."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def actor_kind(self) -> str:
        """What did it."""

    @property
    def actor_id(self) -> UUID | None:
        """Which person did it."""

    @property
    def action(self) -> str:
        """What was done."""

    @property
    def reason(self) -> str | None:
        """Why."""

    @property
    def subject_kind(self) -> str:
        """What kind of thing it was done to."""

    @property
    def subject_id(self) -> UUID:
        """Which thing."""

    @property
    def detail(self) -> dict[str, Any]:
        """What else is known of it."""


def about(event: Line, names: TrailNames) -> str:
    """What it was done to: the case with its number and title, or the fund, campaign or person."""
    if event.subject_kind == "application" and event.subject_id in names.cases:
        number, title = names.cases[event.subject_id]
        return f"{number} · {title}"
    by_kind = {"campaign": names.campaigns, "fund": names.funds, "person": names.persons}
    return by_kind.get(event.subject_kind, {}).get(event.subject_id, "")


def particulars(event: Line, names: TrailNames) -> str:
    """Which decision or objection, for which role, and how much; nothing where nothing is known."""
    parts = [_numbered(event, names), _role(event), _team(event), amount(event)]
    return ", ".join(part for part in parts if part)


def amount(event: Line) -> str:
    """How much it was about, in euros; empty where the event has no amount."""
    cents = amount_cents(event)
    return "" if cents is None else text.euro(cents, str(get_locale() or DUTCH))


def amount_cents(event: Line) -> int | None:
    """The amount of an event (eurocents); None where it has none, or where nothing says nothing.

    A match that was opened has no money yet, and most decisions on objections cost nothing.
    """
    detail = event.detail
    amounts = {key: value for key in _AMOUNTS if isinstance(value := detail.get(key), int)}
    zero_tells = any(key in amounts for key in _NOTHING_SAYS) or (
        "amount_cents" in amounts and detail.get("kind") in DETERMINATIONS
    )
    return next((cents for cents in amounts.values() if cents), 0 if zero_tells else None)


def _numbered(event: Line, names: TrailNames) -> str:
    detail = event.detail
    number, kind = str(detail.get("number") or ""), str(detail.get("kind") or "")
    if "decision" in detail and kind in DECISION_KINDS:
        return str(_("decision %(number)s: %(kind)s", number=number, kind=DECISION_KINDS[kind]))
    if "ruling" in detail:
        ruling = str(detail["ruling"])
        return str(_("decision %(ruling)s on objection %(number)s", ruling=ruling, number=number))
    if "objection" in detail:
        return str(_("objection %(number)s", number=number))
    own = names.cases.get(event.subject_id)
    return number if own is not None and number != own[0] else ""


def _team(event: Line) -> str:
    """The team that something is with now; or that it was with, where it is with none."""
    team, before = event.detail.get("team"), event.detail.get("team_before")
    if isinstance(team, str):
        return str(_("team %(name)s", name=team))
    return str(_("no longer with team %(name)s", name=before)) if isinstance(before, str) else ""


def _role(event: Line) -> str:
    role = str(event.detail.get("role") or "")
    if role not in ROLES:
        return ""
    kinds = event.detail.get("mandate_kinds")
    if role != "officer" or not isinstance(kinds, list):
        return str(ROLES[role])
    return f"{ROLES[role]} ({mandate_scope(map(str, kinds))})"
