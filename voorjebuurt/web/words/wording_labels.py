"""The names of what a municipality says of itself in letters, and why it can't be used."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.ownwords.rules import Body, LetterFamily, WordingStatus

_l = lazy_gettext

BODIES: Mapping[Body, LazyString] = {
    Body.COLLEGE: _l("The college of mayor and aldermen"),
    Body.DELEGATED: _l("Another body, to which the power was delegated"),
    Body.BOARD: _l("The board of a foundation, which signs for itself"),
}
LETTER_KINDS: Mapping[LetterFamily, LazyString] = {
    LetterFamily.AWARD: _l("Award"),
    LetterFamily.REFUSAL: _l("Refusal"),
    LetterFamily.DETERMINATION: _l("Determination"),
    LetterFamily.WITHDRAWAL: _l("Withdrawal of an award"),
    LetterFamily.CLAWBACK: _l("Clawback"),
    LetterFamily.RULING: _l("Decision on an objection"),
    LetterFamily.NOTICE: _l("Letters while an objection is dealt with"),
    LetterFamily.PENALTY: _l("Penalty for being late"),
}
PLACE_LABELS: Mapping[str, LazyString] = {
    "opening": _l("First words"),
    "explanation": _l("More explanation"),
    "ending": _l("Last words"),
}
STATUSES: Mapping[WordingStatus, LazyString] = {
    WordingStatus.DRAFT: _l("Draft"),
    WordingStatus.PROPOSED: _l("Waits for a second colleague"),
    WordingStatus.APPROVED: _l("Approved"),
    WordingStatus.DROPPED: _l("Dropped"),
}
TONES: Mapping[WordingStatus, str] = {
    WordingStatus.DRAFT: "info",
    WordingStatus.PROPOSED: "warning",
    WordingStatus.APPROVED: "positive",
    WordingStatus.DROPPED: "neutral",
}
FIELD_LABELS: Mapping[str, LazyString] = {
    "body": _l("Who decides?"),
    "body_name": _l("Name of the body"),
    "delegation": _l("Decision by which the power was delegated"),
    "organisation": _l("Name above letters"),
    "sender": _l("Lines under the name"),
    "return_address": _l("Return address"),
    "logo": _l("Logo"),
    "contact_name": _l("Whom to ask for"),
    "contact_phone": _l("Phone number"),
    "contact_email": _l("Email address for questions"),
    "signer_name": _l("Name of who signs"),
    "signer_function": _l("Function of who signs"),
    "court": _l("District court"),
    "objection_address": _l("Where can an objection be sent?"),
    "scheme_reference": _l("Where the scheme was published"),
    "ceiling_reference": _l("Where the ceiling was published"),
    "budget_year": _l("Year of a budget that the council has yet to adopt"),
}

WORDING_MESSAGES: Mapping[str, LazyString] = {
    "logo_broken": _l("We can't open this picture. Choose another file."),
    "logo_format": _l("Choose a picture that is a PNG or JPEG."),
    "logo_too_detailed": _l("This picture has too many details for a logo. Choose a plainer one."),
    "logo_too_large": _l("This file is too large. Choose one of at most %(max_megabytes)s MB."),
    "logo_too_many_pixels": _l(
        "This picture is too large. Use at most %(max_megapixels)s million pixels."
    ),
    "logo_too_small": _l(
        "This picture is too small. Use one of at least %(min_pixels)s pixels on each side."
    ),
    "only_appointers_approve_wording": _l(
        "Only an officer with the right to appoint can approve this."
    ),
    "own_wording": _l("You wrote or proposed this. Somebody else must approve it."),
    "role_from_wording_writer": _l(
        "You got your role in the last %(days)s days from who wrote or proposed this. Somebody "
        "else must approve it."
    ),
    "wording_body_missing": _l("Enter which body decides."),
    "wording_contact_missing": _l("Enter a phone number or an email address for questions."),
    "wording_court_missing": _l("Choose the district court."),
    "wording_delegation_missing": _l(
        "Enter the decision by which the power was delegated, and where it was published."
    ),
    "wording_email_wrong": _l("Enter an email address, for example subsidies@gemeente.nl."),
    "wording_function_missing": _l("Enter the function of who signs."),
    "wording_not_found": _l("We can't find this version of the letters."),
    "wording_not_open": _l("This version is approved or dropped. Begin a new version."),
    "wording_objection_address_missing": _l("Enter where an objection can be sent."),
    "wording_organisation_missing": _l("Enter the name of the foundation."),
    "wording_phone_wrong": _l("Enter a phone number, for example 020 123 45 67."),
    "wording_sender_missing": _l("Enter the lines that stand under the name above letters."),
    "wording_too_long": _l("Use at most %(most)s characters."),
    "wording_too_many_lines": _l("Use at most %(most)s lines."),
    "wording_waits": _l(
        "This version waits for a second colleague, so nobody can change it. Give it back first."
    ),
    "wording_year_wrong": _l("Enter a year, for example 2027."),
}


def text_label(name: str) -> str:
    """The name of one text of a version, ``award.opening`` for one of the free parts."""
    kind, dot, place = name.partition(".")
    if not dot:
        return str(FIELD_LABELS[name])
    return f"{LETTER_KINDS[LetterFamily(kind)]}: {str(PLACE_LABELS[place]).lower()}"
