"""A municipality's own words: stored as one text, bounded, and read twice where the law speaks."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.factories.own_words import own_wording
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ownwords.checks import gaps, refuse_wrong
from voorjebuurt.ownwords.doubts import doubts
from voorjebuurt.ownwords.rules import COURTS
from voorjebuurt.ownwords.wording import Wording, differences, from_json, read_wording


def test_the_stored_text_gives_the_same_words() -> None:
    words = own_wording()
    assert read_wording(words.text).text == words.text
    assert from_json({**words.as_json(), "version": 3, "of_later": "x"}).text == words.text
    with pytest.raises(ValueError, match="briefwoorden"):
        read_wording('{"schema":"anders/1"}')


def test_empty_parts_leave_no_trace() -> None:
    words = Wording(parts={"award": {"opening": "", "ending": ""}})
    assert words.text == Wording().text
    assert words.part("award", "opening") == words.part("refusal", "ending") == ""


def test_what_must_be_there_before_anybody_approves() -> None:
    assert {gap.field for gap in gaps(Wording())} == {
        *("signer_function", "sender", "contact_phone", "objection_address", "court"),
    }
    assert gaps(own_wording()) == ()
    delegation = own_wording(body="delegated")
    assert {gap.field for gap in gaps(delegation)} == {"body_name", "delegation"}, "Awb 10:19"
    board = own_wording(body="board", body_name="het bestuur van Stichting Zon")
    assert {gap.field for gap in gaps(board)} == {"organisation"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"body": "raad"}, "body"),
        ({"court": "Utrecht"}, "court"),
        ({"budget_year": "straks"}, "budget_year"),
        ({"budget_year": "20271"}, "budget_year"),
        ({"contact_email": "geen adres"}, "contact_email"),
        ({"contact_phone": "bel maar"}, "contact_phone"),
        ({"sender": "a\nb\nc\nd\ne\nf\ng"}, "sender"),
        ({"organisation": "x" * 81}, "organisation"),
        ({"parts": {"award": {"explanation": "x" * 1501}}}, "explanation"),
    ],
)
def test_what_no_letter_can_have_is_told_at_its_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as error:
        refuse_wrong(replace(own_wording(), **fields))
    assert error.value.field == field


def test_the_courts_are_the_eleven_of_the_law() -> None:
    assert len(COURTS) == 11
    for court in COURTS:
        refuse_wrong(own_wording(court=court))


@pytest.mark.parametrize(
    "text",
    [
        "U kunt geen bezwaar maken.",
        "U hebt twee weken de tijd.",
        "U hoeft niets terug te betalen en krijgt € 50 extra.",
        "Beroep is niet mogelijk.",
        "Dit volgt uit artikel 12.",
    ],
)
def test_a_part_that_speaks_of_what_the_law_says_is_read_twice(text: str) -> None:
    words = own_wording(parts={"refusal": {"explanation": text}})
    assert [(doubt.kind, doubt.place) for doubt in doubts(words)] == [("refusal", "explanation")]
    assert doubts(own_wording()) == ()


def test_differences_name_every_text_that_changed() -> None:
    before = own_wording()
    now = replace(before, court="Limburg", parts={"refusal": {"ending": "Tot ziens."}})
    assert [each.name for each in differences(before, now)] == [
        "court",
        *("award.opening", "award.explanation", "award.ending", "refusal.ending"),
    ]
