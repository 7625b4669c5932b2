"""Words that Dutch texts say, and words that are out: how certain money is, and how people are met.

The ladder of certainty: *berekend* by the rules, *gereserveerd* before a decision, *toegekend* by
it, *vastgesteld* after the accounts, *uitbetaald* once it left. A text may name a rung only when
the English beside it does.
"""

import re
from collections.abc import Iterator, Sequence

import pytest
from babel.messages.pofile import read_po

from tests.support.certain import certain
from tests.support.rungs import PLACEHOLDER, RUNGS
from voorjebuurt import paths

OUT = {
    r"apart ?gezet|houdt\b.*\bklaar|geld staat klaar|staat klaar of": "gereserveerd",
    r"legt er\b.*\bbij": "heeft gereserveerd, or kende toe",
    r"geslaagd|\bslaagt\b|gaat door met u": "gelukt, or genoeg geld opgehaald",
    r"\btoegezegd\b|zegden\b.*\btoe": "toegekend, or verschuldigd",
    r"\bbijdrage": "matchgeld",
    r"zijn geld terug": "het geld terug, or hun geld terug",
    r"betaalbedrijf": "betaaldienst",
    r"armste|welgesteld|kwetsba|achterst|meest achter": "the fact: where most people have little",
    r"[Tt]en hoogste|[Hh]ooguit|[Tt]en minste": "hoogstens, minstens",
    r"[Bb]eantwoord (dan )?de(ze)? mail": "a form, or the page with ways to reach us",
    r"fooi": "extra voor het platform",
    r"\b[Oo]efen(ing(en)?|en|t)?\b|geoefend": "proefberekening, doorrekenen",
    r"[Bb]ewaar en|^Bewaard\.|\bbewaren$": "opslaan",
    r"[Vv]ergeet niet|[Hh]elaas|\bu dient\b|[Oo]ngeldig": "what to do, without a scolding",
    r"u heeft\b|heeft u\b|u hier\b.* heeft$": "u hebt",
    r"(geld|bij ons)\b.*\bveilig|veilig\b.*\bbij ons": "what is done: it stands apart, we have it",
    r"vingerafdruk|controlegetal": "controlecode",
    r"“(?!%\((reach|grounds)\)s)": "‘…’; “…” is for what somebody said",
    r"\b[Gg]ever\b": "donateur",
    r"\bsite\b|\bonline\b": "website",
    r"\bindienen\b|\binstu\w+": "naar de coach sturen, versturen",
}
"""Words that are out, as patterns, and what is said instead."""


def texts() -> Iterator[tuple[str, str]]:
    """Every text of screens and mails: as it is in the code, and in Dutch."""
    with (paths.TRANSLATIONS / "nl" / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        catalogue = read_po(stream, locale="nl")
    for message in catalogue:
        if message.id:
            yield from zip(_forms(message.id), _forms(message.string), strict=True)


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    """The forms of a text, singular and plural, or its only one."""
    return [text] if isinstance(text, str) else list(certain(text))


@pytest.mark.parametrize("pattern", OUT)
def test_a_word_that_is_out_is_nowhere(pattern: str) -> None:
    findings = [dutch for english, dutch in texts() if re.search(pattern, dutch)]
    assert findings == [], f"say instead: {OUT[pattern]}"


@pytest.mark.parametrize("rung", RUNGS)
def test_both_languages_say_how_certain_money_is(rung: str) -> None:
    english_pattern, dutch_pattern = RUNGS[rung]
    findings = [
        (english, dutch)
        for english, dutch in texts()
        if bool(re.search(english_pattern, PLACEHOLDER.sub("", english), re.IGNORECASE))
        != bool(re.search(dutch_pattern, dutch, re.IGNORECASE | re.DOTALL))
    ]
    assert findings == []


def test_a_term_that_nothing_guards_is_told_as_usual() -> None:
    usual = re.compile(r"[Mm]eestal|na (twee|drie) werkdagen")
    findings = [dutch for _, dutch in texts() if "werkdag" in dutch and not usual.search(dutch)]
    assert findings == []
