"""Letters with a municipality's own words: what they say, and what they can't take out."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.support.decision_samples import AMOUNTS, ANNOUNCEMENT, sample
from tests.support.factories.own_words import own_wording
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.html import html_of
from voorjebuurt.decisions.letters.parts import house
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.previews.service import MARK, sample_letter
from voorjebuurt.decisions.proof.schema import Snapshot, read
from voorjebuurt.ownwords.rules import LetterFamily
from voorjebuurt.ownwords.wording import Wording

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "\u202eomgekeerd\u2066 <script>alert(1)</script> *vet* #let x = 1 \u05d0\u05d1 {{ 7*7 }}"


def with_words(kind: str, version: int = 2, **fields: Any) -> Snapshot:
    words = {**own_wording(**fields).as_json(), "version": version}
    return replace(sample(kind), words=words)


def signed(snapshot: Snapshot) -> Announcement:
    name, function = house(snapshot).signature(ANNOUNCEMENT.signer)
    return replace(ANNOUNCEMENT, signer=name, function=function)


def text_of(snapshot: Snapshot) -> str:
    return letters.write(snapshot.text, signed(snapshot)).text


def test_the_words_of_an_award() -> None:
    """Word for word, with a budget that is not there yet (Awb 4:34)."""
    snapshot = replace(with_words("award", budget_year="2027"), fund=_afterwards())
    assert text_of(snapshot) == (GOLDEN / "award_own_words.txt").read_text()


def _afterwards() -> Any:
    return replace(sample("award").fund, prepaid=False)


def test_the_words_of_a_delegated_refusal() -> None:
    snapshot = with_words(
        "refusal",
        body="delegated",
        body_name="de gebiedscommissie Noord",
        delegation="Delegatiebesluit 2025, Gemeenteblad 2025, 411",
    )
    assert text_of(snapshot) == (GOLDEN / "refusal_own_words.txt").read_text()


@pytest.mark.parametrize("kind", AMOUNTS)
def test_own_words_only_add_to_what_the_law_asks_for(kind: str) -> None:
    """Each block of a letter without own words stands in one with them, in the same order."""
    plain = letters.write(sample(kind).text, ANNOUNCEMENT).blocks
    own = letters.write(with_words(kind).text, ANNOUNCEMENT).blocks
    others = ("Neem gerust contact", "Dan kunt u bezwaar", "Dit besluit geldt ook")
    rest = iter([getattr(block, "text", block) for block in own])
    for block in plain:
        text = getattr(block, "text", block)
        if isinstance(text, str) and text.startswith(others):
            continue
        if block.kind in ("lines", "points"):  # the address and the list of rules say more
            continue
        assert text in rest, text


@pytest.mark.parametrize("kind", AMOUNTS)
def test_a_letter_is_made_again_to_the_byte_from_its_snapshot(kind: str) -> None:
    snapshot = with_words(kind)
    again = read(snapshot.text)
    assert again.words == snapshot.words
    assert again.words is not None
    assert again.words["version"] == 2
    assert letters.render(again.text, signed(again)) == letters.render(
        snapshot.text, signed(snapshot)
    )


def test_the_pdf_has_the_logo_with_its_name() -> None:
    reader = PdfReader(io.BytesIO(letters.render(with_words("award").text, ANNOUNCEMENT)))
    assert len(reader.pages[0].images) == 1
    assert "Logo van Gemeente Zonnedam" in _alternatives(reader)
    html = letters.show(with_words("award").text, ANNOUNCEMENT)
    assert 'alt="Logo van Gemeente Zonnedam"' in html
    assert 'src="data:image/png;base64,' in html


def _alternatives(reader: PdfReader) -> list[str]:
    """What is read aloud in place of pictures."""
    numbers = range(1, int(str(reader.trailer["/Size"])))
    things: list[Any] = [reader.get_object(number) for number in numbers]
    return [str(thing["/Alt"]) for thing in things if isinstance(thing, dict) and "/Alt" in thing]


def test_without_own_words_nothing_new_is_in_the_hash() -> None:
    letter = letters.write(sample("award").text, ANNOUNCEMENT)
    assert {"logo", "return_address"}.isdisjoint(letter.as_json())


def test_a_board_signs_for_itself_and_a_college_does_not() -> None:
    board = with_words(
        "award",
        body="board",
        body_name="het bestuur van Stichting Zon",
        organisation="Stichting Zon",
        signer_name="P. Zonder",
        signer_function="voorzitter",
    )
    letter = letters.write(board.text, signed(board))
    assert letter.municipality == "Stichting Zon"
    assert letter.closing[1:4] == ("het bestuur van Stichting Zon,", "P. Zonder", "voorzitter")
    assert "Dit besluit is genomen door het bestuur van Stichting Zon." in letter.text
    assert "college" not in letter.text
    college = letters.write(with_words("award").text, signed(with_words("award")))
    assert college.closing[1:4] == (
        "namens het college van burgemeester en wethouders van Zonnedam,",
        "Sanne de Wit",
        "teamleider Buurten",
    )


def test_a_budget_that_is_there_or_money_that_was_paid_makes_no_condition() -> None:
    waiting = with_words("award", budget_year="2027")
    assert "4:34" in text_of(replace(waiting, fund=_afterwards()))
    prepaid = replace(sample("award").fund, prepaid=True)
    assert "4:34" not in text_of(replace(waiting, fund=prepaid))
    assert "4:34" not in text_of(replace(with_words("award"), fund=_afterwards()))
    assert "4:34" not in text_of(replace(with_words("refusal", budget_year="2027")))


def test_what_a_fund_says_of_its_publication_goes_before() -> None:
    snapshot = with_words("award")
    own = replace(snapshot.fund, scheme_reference="Gemeenteblad 2026, 7")
    text = text_of(replace(snapshot, fund=own))
    assert "Deze regeling is bekendgemaakt in: Gemeenteblad 2026, 7." in text
    assert "Het subsidieplafond is bekendgemaakt in: Gemeenteblad 2025, 54321." in text


@pytest.mark.parametrize("kind", LetterFamily)
def test_every_kind_has_its_parts_its_head_and_a_mark(kind: LetterFamily) -> None:
    own = own_wording(
        parts={kind: {"opening": "EERST", "explanation": "UITLEG", "ending": "LAATST"}}
    )
    letter = sample_letter(kind, place="Zonnedam", wording=own, officer="Sanne de Wit")
    assert letter.mark == MARK
    assert letter.logo == own.logo
    assert letter.text.index("EERST") < letter.text.index("## Meer uitleg")
    assert letter.text.index("UITLEG") < letter.text.index("## Hebt u vragen?")
    assert letter.text.index("LAATST") < letter.text.index("Met vriendelijke groet")
    assert "Bel ons gerust eerst" in letter.text
    assert "teamleider Buurten" in letter.text
    pages = PdfReader(io.BytesIO(pdf_of(letter))).pages
    pdf_text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    for part in ("EERST", "UITLEG", "LAATST", "Retouradres", "CONCEPT–VOORBEELD"):
        assert part in pdf_text, part


def test_hostile_words_stay_text() -> None:
    own = Wording(
        organisation=HOSTILE[:60],
        sender=HOSTILE,
        return_address=HOSTILE,
        contact_name=HOSTILE,
        contact_phone="0190 123456",
        signer_name=HOSTILE,
        parts={"award": {"opening": HOSTILE, "explanation": "x" * 1500, "ending": HOSTILE}},
    )
    letter = sample_letter(LetterFamily.AWARD, place="Zonnedam", wording=own, officer="S")
    assert not {"\u202e", "\u2066"} & set(letter.text)
    assert pdf_of(letter).startswith(b"%PDF-")
    html = html_of(letter)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_last_day_stays_what_it_is() -> None:
    """Calling first changes no term: the letter says so, but not to who can go to the court."""
    text = text_of(with_words("refusal"))
    assert "De laatste dag om bezwaar te maken verandert daardoor niet." in text
    objection = {"number": "BZ-2026-0002", "decision": "B-2026-0001", "decided_on": "2026-04-20"}
    after = replace(with_words("refusal"), objection=objection)
    assert "om bezwaar te maken verandert" not in text_of(after)
    assert "in beroep gaan bij de rechtbank Noord-Holland" in text_of(after)
    assert ANNOUNCEMENT.object_until == date(2026, 6, 17)
