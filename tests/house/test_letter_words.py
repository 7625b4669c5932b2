"""Words of letters and of what they quote: how certain a thing is, and how Dutch is written here.

Every kind of letter is made, and every text by key that decisions keep is read.
"""

import re
from collections.abc import Iterator

import pytest

from tests.support.letter_variants import NEWEST_NAMES, letter_variant
from voorjebuurt.decisions import letters
from voorjebuurt.kernel.catalogues import DUTCH, catalogue

OUT = {
    r"\bgeslaagd|\bslaagt\b": "genoeg geld opgehaald",
    r"\bapart ?gezet|\bstaat klaar|klaarstaan|houdt .* klaar|legt er\b": "gereserveerd",
    r"\bbijdrage": "subsidie (letter) or matchgeld",
    r"\btoegezegd|\btoezegging": "toegekend or verschuldigd",
    r"\bdefinitief": "vastgesteld",
    r"\bweiger": "afwijzen",
    r"\bzijn geld\b": "het geld",
    r"\bten hoogste|\bten minste|\bhooguit": "hoogstens, minstens",
    r"\bgevers?\b": "donateur",
    r"\bachterstand|\barm(e|ste)\b|\bkwetsba": "say the fact",
    r"\binzake|\bonder vermelding|\bu dient|\bhelaas|\bongeldig": "plain words",
    r"\bronde\b": "verdeling",
    r"\bvingerafdruk|\bcontrolegetal|\bcode \(sha256\)": "controlecode",
    r"\b(haar|zij|hem)\b": "die: for things",
    r"\b(betaalbedrijf|fooi)": "betaaldienst; extra voor het platform",
    r"\bu heeft|\bu kan\b": "u hebt, u kunt",
}
"""What is not written, and what is written for it."""
ZIJ_ARE_PEOPLE = {
    "phrase base_roots_bounded": "donors: 'met de wortel van wat zij gaven'",
    "phrase rule_qf": "donors: 'hoeveel zij geven'",
}
CONTEXTS = ("phrase", "arithmetic", "ground", "noun")
LONGEST = 25
"""Words in a sentence. On average it is half of that (test_decision_letter_variants)."""


def letter_texts() -> Iterator[tuple[str, str]]:
    for name in NEWEST_NAMES:
        snapshot, announcement = letter_variant(name)
        yield name, letters.write(snapshot.text, announcement).text


def keyed_texts() -> Iterator[tuple[str, str]]:
    for (context, key), forms in catalogue(DUTCH).texts.items():
        if context in CONTEXTS:
            yield f"{context} {key}", " ".join(forms)


@pytest.mark.parametrize("pattern", OUT)
def test_letters_use_the_words_of_the_house(pattern: str) -> None:
    texts = dict((*letter_texts(), *keyed_texts()))
    wrong = {
        name: match.group()
        for name, text in texts.items()
        if name not in ZIJ_ARE_PEOPLE and (match := re.search(pattern, text, re.IGNORECASE))
    }
    assert wrong == {}, OUT[pattern]


LADDER = {
    "award": ("kennen u", "toe"),
    "partial_award": ("kennen u", "van de berekende"),
    "refusal": ("wijzen uw aanvraag om subsidie af",),
    "determination": ("vastgesteld",),
    "lower_determination": ("lager vastgesteld",),
    "withdrawal": ("trekken uw subsidie in",),
    "clawback": ("terugbetalen",),
    "interest": ("wettelijke rente betalen",),
    "interest_owed": ("betalen u", "wettelijke rente"),
    "plan_change": ("wijzigen uw toekenning", "voor een deel"),
    "plan_refusal": ("veranderen uw toekenning niet",),
    "award_change": ("verlagen uw subsidie tot",),
    "determination_change": ("verlagen uw vastgestelde subsidie",),
}
"""Berekend < gereserveerd < toegekend < vastgesteld < uitbetaald."""


@pytest.mark.parametrize("kind", LADDER)
def test_the_title_says_how_certain_the_amount_is(kind: str) -> None:
    snapshot, announcement = letter_variant(kind)
    title = letters.write(snapshot.text, announcement).title
    assert all(words in title for words in LADDER[kind])
    assert ("vastgesteld" in title) is ("determination" in kind)
    assert not re.search(r"krijgt|geeft|gereserveerd|uitbetaald", title)


@pytest.mark.parametrize("name", NEWEST_NAMES)
def test_a_sentence_ends_once_and_is_short(name: str) -> None:
    snapshot, announcement = letter_variant(name)
    text = letters.write(snapshot.text, announcement).text
    assert re.findall(r".{20}(?:\.\.|\.”\.|[?!]\.|\.\)\.|,,| {2}).{0,20}", text) == []
    body, rests = text.partition("## Op welke regels rust dit besluit?")[::2]
    prose = body + rests.partition("##")[2]
    sentences = re.split(r"(?<=[.?!:;])\s+|\n| \| ", re.sub(r" \([^)]*\)", "", prose))
    assert [sentence for sentence in sentences if len(sentence.split()) > LONGEST] == []


def test_the_exceptions_are_needed() -> None:
    texts = dict(keyed_texts())
    assert all(re.search(r"\bzij\b", texts[name]) for name in ZIJ_ARE_PEOPLE)


def test_the_words_of_letters_of_form_1_would_be_refused() -> None:
    """What the lint is for: the letters that were sent before it."""
    texts = []
    for name in ("award_live", "refusal", "clawback"):
        snapshot, announcement = letter_variant(name, 1)
        texts.append(letters.write(snapshot.text, announcement).text)
    matches = [pattern for pattern in OUT if re.search(pattern, " ".join(texts), re.IGNORECASE)]
    assert len(matches) >= 7
