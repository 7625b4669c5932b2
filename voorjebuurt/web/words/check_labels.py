"""What the items of the list of an account are called, and what can be found of them."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from voorjebuurt.payouts.checklist.rules import CheckItem, Verdict

ITEMS: Mapping[CheckItem, tuple[LazyString, LazyString]] = {
    CheckItem.NAME: (
        _l("Name of the registration"),
        _l(
            "Check that the name is the one in the trade register. If a group of neighbours is not"
            " registered, check that it is the name of the person who signs."
        ),
    ),
    CheckItem.REGISTRATION: (
        _l("Number at the Chamber of Commerce, or RSIN"),
        _l("Check that the number exists and belongs to this group. Save the extract as proof."),
    ),
    CheckItem.HOLDER: (
        _l("Holder and account number"),
        _l(
            "Check that the name and the number belong together. Use the name check of the bank, or"
            " a bank statement of the last three months."
        ),
    ),
    CheckItem.SIGNER: (
        _l("Who signs"),
        _l("Check that the person who gave this bank account may act for the group."),
    ),
    CheckItem.EXPOSURE: (
        _l("Lists of sanctions and political positions"),
        _l(
            "Look up the group and the person who signs in the Dutch and the European list of"
            " sanctions. Check whether one of them holds a high political position."
        ),
    ),
}
"""The name of an item, and what to look at."""

SLUGS: Mapping[CheckItem, str] = {
    CheckItem.NAME: "naam",
    CheckItem.REGISTRATION: "inschrijving",
    CheckItem.HOLDER: "rekeninghouder",
    CheckItem.SIGNER: "tekenen",
    CheckItem.EXPOSURE: "sancties",
}
"""How an item is called in addresses."""

VERDICT_CHOICES: Mapping[Verdict, LazyString] = {
    Verdict.FIT: _l("This is right"),
    Verdict.UNFIT: _l("This is not right"),
    Verdict.INAPPLICABLE: _l("It does not apply: the group is not registered"),
}

VERDICTS: Mapping[Verdict, tuple[LazyString, str]] = {
    Verdict.FIT: (_l("Right"), "positive"),
    Verdict.UNFIT: (_l("Not right"), "negative"),
    Verdict.INAPPLICABLE: (_l("Does not apply"), "neutral"),
}


FILTERS = {
    "check_item": lambda code: str(ITEMS[CheckItem(code)][0]),
    "check_question": lambda code: str(ITEMS[CheckItem(code)][1]),
    "check_slug": lambda code: SLUGS[CheckItem(code)],
    "check_verdict": lambda code: (str(VERDICTS[Verdict(code)][0]), VERDICTS[Verdict(code)][1]),
}
