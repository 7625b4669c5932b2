"""What a letter says depending on the case: conditions, aid, arrears, drafts, missing texts."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support.decision_samples import AMOUNTS, ANNOUNCEMENT, sample
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Paragraph
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.decisions.rules.grounds import GROUNDS, article_of, grounds_for
from voorjebuurt.decisions.rules.objections import object_until
from voorjebuurt.kernel.catalogues import languages


def said(snapshot: Snapshot, announcement: Announcement | None = ANNOUNCEMENT) -> str:
    return letters.write(snapshot.text, announcement).text


def changed(kind: str, part: str, /, **changes: Any) -> Snapshot:
    snapshot = sample(kind)
    return replace(snapshot, **{part: replace(getattr(snapshot, part), **changes)})


@pytest.mark.parametrize("status", ["live", "closing", "near_miss"])
def test_a_campaign_that_runs_must_still_succeed(status: str) -> None:
    condition = "U krijgt het geld alleen als uw actie slaagt."
    assert condition in said(sample("award", status=status))
    assert condition not in said(sample("award", status="succeeded"))


def test_money_in_arrears_comes_from_the_municipality_first() -> None:
    assert "Het geld staat klaar bij de stichting" in said(sample("award"))
    arrears = said(changed("award", "fund", prepaid=False))
    assert "De gemeente maakt het geld over aan de stichting" in arrears


def test_an_undertaking_is_told_that_it_is_state_aid() -> None:
    assert "de-minimissteun" in said(changed("award", "application", undertaking=True))
    assert "de-minimissteun" not in said(sample("award"))


def test_an_incomplete_application_is_not_taken_up() -> None:
    """That is no refusal in law (Awb 4:5), and there is nothing to compute."""
    ground = GROUNDS["incomplete"]
    texts = {language: ground.text(language, "refusal") for language in ("nl", "en")}
    entry = {"code": ground.code, **texts, "article": ground.article}
    text = said(changed("refusal", "decision", grounds=(entry,)))
    assert "Besluit: wij nemen uw aanvraag niet in behandeling" in text
    assert "artikel 4:5 (niet in behandeling nemen)" in text
    assert "Zo is uw bedrag berekend" not in text
    assert "U krijgt geen subsidie" not in text


def test_officers_who_decide_otherwise_than_the_rule_say_so_in_the_table() -> None:
    text = said(changed("partial_award", "decision", amount_cents=150_000))
    assert "Besluit | Zie de reden hierboven. | €\u00a01.500,00" in text
    assert "Zie de reden hierboven." not in said(sample("partial_award"))


def test_where_nothing_was_divided_the_claim_is_told() -> None:
    snapshot = changed("refusal", "basis", kind="alone", round_number=None)
    text = said(snapshot)
    assert "Besluit | Zie de reden hierboven. | €\u00a00,00" in text
    assert "in ronde" not in text
    award = said(changed("award", "basis", kind="alone", round_number=None))
    assert "Besluit | Dit bedrag krijgt u. | €\u00a02.400,60" in award


def test_a_clawback_without_an_account_number_announces_a_request() -> None:
    assert "NL02 ABNA 0123 4567 89" in said(sample("clawback"))
    assert "U krijgt van ons een betaalverzoek" in said(
        sample("clawback"), replace(ANNOUNCEMENT, pay_to="")
    )


def test_a_clawback_is_due_six_weeks_after_it_is_sent() -> None:
    assert "terugbetalen, uiterlijk op 17 juni 2026" in said(sample("clawback"))
    assert "terugbetalen, binnen zes weken na de dag" in said(sample("clawback"), None)


@pytest.mark.parametrize(
    ("sent_on", "last_day"),
    [(date(2026, 4, 13), "26 mei 2026"), (date(2026, 11, 13), "28 december 2026")],
)
def test_a_letter_names_one_last_day(sent_on: date, last_day: str) -> None:
    """Six weeks on are Whit Monday and Christmas Day: objecting and paying end the day after."""
    announcement = replace(ANNOUNCEMENT, sent_on=sent_on, object_until=object_until(sent_on))
    text = said(sample("clawback"), announcement)
    assert f"terugbetalen, uiterlijk op {last_day}." in text
    assert f"moet uiterlijk op {last_day} bij ons" in text


def test_what_a_fund_does_not_say_leaves_no_hole() -> None:
    bare = changed("award", "fund", sender="", objection_address="", legal_basis="")
    text = said(bare)
    assert "Of stuur een brief naar:\n\nGemeente Zonnedam\n\nZet in uw bezwaar:" in text
    assert "\n- .\n" not in text
    assert "Onze gegevens staan boven aan deze brief." not in text
    assert letters.render(bare.text, ANNOUNCEMENT).startswith(b"%PDF-")


def test_a_line_of_a_sender_stands_under_the_municipality() -> None:
    text = said(changed("award", "fund", sender="Afdeling Wijken"))
    assert text.startswith("Gemeente Zonnedam\nGemeente Zonnedam\nAfdeling Wijken\n\n")


def test_an_applicant_without_a_name_is_still_addressed() -> None:
    text = said(changed("award", "application", applicant="", group=""))
    assert "Geachte aanvrager," in text


@pytest.mark.parametrize("kind", AMOUNTS)
def test_sentences_are_short(kind: str) -> None:
    """B1: on average at most twelve words, and none that nobody can follow."""
    blocks = letters.write(sample(kind).text, ANNOUNCEMENT).blocks
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    sentences = [
        sentence for text in texts for sentence in re.split(r"(?<=[.?:])\s+", text) if sentence
    ]
    lengths = [len(sentence.split()) for sentence in sentences]
    assert sum(lengths) / len(lengths) <= 12
    assert max(lengths) <= 35


@pytest.mark.parametrize("kind", AMOUNTS)
def test_every_letter_tells_how_to_object_and_by_when(kind: str) -> None:
    """Awb 3:45 and 6:5: with whom, by when, and what must be in it."""
    text = said(sample(kind))
    for part in (
        "bezwaar maken bij het college van burgemeester en wethouders van Zonnedam",
        "uiterlijk op 17 juni 2026 bij ons zijn",
        "uw naam en adres, en de datum;",
        "waarom u het niet eens bent met dit besluit;",
        "voorlopige voorziening",
    ):
        assert part in text


@pytest.mark.parametrize("kind", AMOUNTS)
def test_grounds_are_a_closed_list_with_an_article_each(kind: str) -> None:
    needs = kind not in ("award", "determination")
    grounds = grounds_for(kind)
    assert bool(grounds) is needs
    for ground in grounds:
        article = article_of(ground, kind)
        assert article
        assert "{" not in article
        assert all(ground.text(language, kind).endswith(".") for language in languages())


def test_the_same_ground_rests_on_another_article_before_and_after_determination() -> None:
    ground = GROUNDS["not_done"]
    assert article_of(ground, "withdrawal") == "artikel 4:48, eerste lid, onder a, Awb"
    assert article_of(ground, "lower_determination") == "artikel 4:46, tweede lid, onder a, Awb"


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        ("ceiling", "refusal", "Het geld in het fonds is op."),
        ("ceiling", "partial_award", "In het fonds is niet genoeg geld voor uw hele bedrag."),
        ("rule", "refusal", "Volgens de regel van het fonds krijgt uw actie geen geld."),
        ("rule", "partial_award", "krijgt uw actie niet het hele berekende bedrag."),
        ("not_done", "withdrawal", "gaat niet of niet helemaal door."),
        ("not_done", "lower_determination", "is niet of niet helemaal uitgevoerd."),
    ],
)
def test_a_ground_says_what_it_means_for_this_kind(code: str, kind: str, sentence: str) -> None:
    """That money is spent does not explain an award of a part, nor half a sum a refusal."""
    assert sentence in GROUNDS[code].text("nl", kind)
    assert sentence.rstrip(".") in said(sample(kind, grounds=(code,)))


@pytest.mark.parametrize(
    ("code", "kind", "article", "sentence"),
    [
        ("wrong_award", "withdrawal", "4:48, eerste lid, onder d", "of u had dat moeten weten."),
        ("false_application", "refusal", "4:35, tweede lid, onder a", "zouden wij verkeerd"),
        ("insolvent", "refusal", "4:35, tweede lid, onder b", "U bent failliet"),
        ("incomplete", "refusal", "4:5, eerste lid, onder c", "om die aan te vullen."),
        ("will_not_account", "refusal", "4:35, eerste lid, onder c", "laat zien wat u deed"),
    ],
)
def test_a_ground_asks_what_its_article_asks(
    code: str, kind: str, article: str, sentence: str
) -> None:
    text = GROUNDS[code].text("nl", kind)
    assert sentence in text
    assert f"- {text.rstrip('.')} (artikel {article}, Awb)." in said(sample(kind, grounds=(code,)))
