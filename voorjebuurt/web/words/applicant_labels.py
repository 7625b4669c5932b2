"""What forms in law, rights to sign and states of added files are called on every screen."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

LEGAL_FORMS: Mapping[str, LazyString] = {
    "person": _l("A person, for myself"),
    "group": _l("A group of neighbours (no legal form)"),
    "association": _l("Association (vereniging)"),
    "foundation": _l("Foundation (stichting)"),
    "cooperative": _l("Cooperative (coöperatie)"),
    "company": _l("Company (bv or nv)"),
    "sole_trader": _l("Sole trader (eenmanszaak)"),
    "partnership": _l("Partnership (vof, maatschap or cv)"),
    "church": _l("Church or faith community"),
    "other": _l("Another form"),
}

SIGNING_RIGHTS: Mapping[str, LazyString] = {
    "self": _l("For myself, or for the whole group"),
    "board": _l("As the board, or for the board"),
    "power_of_attorney": _l("With a power of attorney"),
}

SCAN_STATES: Mapping[str, LazyString] = {
    "waiting": _l("is being checked for viruses"),
    "clean": _l("checked: no viruses found"),
    "refused": _l("refused by the virus scanner"),
    "unscanned": _l("not checked for viruses"),
}


def legal_form_name(code: str) -> str:
    """What a form in law is called."""
    return str(LEGAL_FORMS.get(code, code))


def signing_right_name(code: str) -> str:
    """By what right somebody signs."""
    return str(SIGNING_RIGHTS.get(code, code))


def scan_state(code: str) -> str:
    """What became of looking through a file."""
    return str(SCAN_STATES.get(code, code))


FILTERS = {
    "legal_form_name": legal_form_name,
    "scan_state": scan_state,
    "signing_right_name": signing_right_name,
}
