"""What the kinds of mandate are called."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from voorjebuurt.people.rules import MandateKind

MANDATE_KINDS: Mapping[MandateKind, LazyString] = {
    MandateKind.AWARD: _l("awarding and refusing"),
    MandateKind.DETERMINATION: _l("determining"),
    MandateKind.RECOVERY: _l("withdrawing, lowering and claiming back"),
    MandateKind.OBJECTION: _l("deciding on objections"),
    MandateKind.PENALTY: _l("penalties for being late"),
    MandateKind.FUND: _l("publishing rules of funds"),
}


def mandate_kind_name(code: str) -> str:
    """What a kind of mandate is called."""
    return str(MANDATE_KINDS[MandateKind(code)])


def mandate_scope(codes: Iterable[str] | None) -> str:
    """For which decisions a mandate is, in words; None is all of them (Awb 10:5)."""
    if codes is None:
        return str(gettext("All kinds of decision"))
    return str(gettext("Only %(kinds)s", kinds="; ".join(map(mandate_kind_name, codes))))


FILTERS = {"mandate_kind_name": mandate_kind_name, "mandate_scope": mandate_scope}
