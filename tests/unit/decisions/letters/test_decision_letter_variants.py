"""What a letter says depending on the case: conditions, aid, arrears, drafts, missing texts."""

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.support.decision_samples import AMOUNTS, ANNOUNCEMENT, OBJECTION, OWED_INTEREST, sample
from tests.support.letter_variants import changed, first_interest
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.content import Paragraph
from voorjebuurt.decisions.letters.dutch import percent
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.decisions.rules.grounds import GROUNDS, article_of, grounds_for
from voorjebuurt.decisions.rules.kinds import WITH_GROUNDS
from voorjebuurt.decisions.rules.objections import object_until
from voorjebuurt.kernel.catalogues import languages


def said(snapshot: Snapshot, announcement: Announcement | None = ANNOUNCEMENT) -> str:
    return letters.write(snapshot.text, announcement).text


@pytest.mark.parametrize("status", ["live", "closing", "near_miss"])
def test_a_campaign_that_runs_has_a_condition_with_its_day_and_minimum(status: str) -> None:
    """Awb 4:33: it is a condition, and it can be kept."""
    condition = (
        "Aan de subsidie hoort één voorwaarde (artikel 4:33 Awb). Uw actie moet uiterlijk op 30 "
        "april 2026 het minimum van €\u00a04.000,00 halen. Lukt dat niet? Dan krijgt u geen "
        "subsidie."
    )
    text = said(sample("award", status=status))
    assert condition in text
    assert "artikel 4:33 (voorwaarde)" in text
    assert "4:33" not in said(sample("award", status="succeeded"))


def test_a_campaign_that_keeps_what_comes_has_no_minimum_to_reach() -> None:
    text = said(sample("award", status="live", kind="keep_what_comes"))
    assert "pas als uw actie is afgelopen. De laatste dag is 30 april 2026." in text
    assert "binnen 26 weken nadat uw actie is afgelopen." in text
    assert "het minimum" not in text
    assert "4:33" not in text


def test_money_in_arrears_comes_from_the_municipality_first() -> None:
    assert "staat op de rekening van de stichting" in said(sample("award"))
    arrears = said(changed("award", "fund", prepaid=False))
    assert "De gemeente maakt het geld over aan de stichting" in arrears


def test_an_undertaking_is_told_the_ceiling_and_what_counts_below_it() -> None:
    """Regulation (EU) 2023/2831, article 3, second paragraph: € 300.000 in three years."""
    aid = (
        "hoogstens €\u00a0300.000,00 aan zulke steun krijgen. Deze subsidie van €\u00a02.400,60 "
        "telt daarbij mee."
    )
    assert aid in said(changed("award", "application", undertaking=True))
    assert "de-minimissteun" not in said(sample("award"))


@pytest.mark.parametrize(
    ("status", "announcement", "term"),
    [
        ("succeeded", ANNOUNCEMENT, "uiterlijk op 4 november 2026"),
        ("succeeded", None, "binnen 26 weken na de verzending van deze brief"),
        ("live", ANNOUNCEMENT, "binnen 26 weken nadat uw actie met genoeg geld is afgelopen"),
    ],
)
def test_an_award_names_its_duties_with_their_day(
    status: str, announcement: Announcement | None, term: str
) -> None:
    """Awb 4:37 and 4:44: a lower determination and a withdrawal rest on these."""
    text = said(sample("award", status=status), announcement)
    duties = text.partition("## Welke verplichtingen hebt u?")[2].partition("## ")[0]
    assert f"Laat ons zien waaraan u het geld hebt uitgegeven, {term}." in duties
    assert "stuur uw bonnen en rekeningen mee" in duties
    assert "Bewaar uw bonnen en rekeningen tot wij het bedrag hebben vastgesteld." in duties
    assert "Laat het ons dan meteen weten." in duties
    assert "(de artikelen 4:37, 4:44 en 4:45 Awb)" in duties


@pytest.mark.parametrize("kind", ["award", "partial_award"])
def test_an_award_encloses_the_plan_and_the_budget_as_they_were(kind: str) -> None:
    """Awb 4:30: the activities are described; a page can change."""
    letter = letters.write(sample(kind).text, ANNOUNCEMENT)
    assert ("Bijlagen", "3") in letter.references
    assert "de activiteiten zoals die in bijlage 3 staan (artikel 4:30" in letter.text
    enclosure = letter.text.partition("Bijlage 3: uw plan en uw begroting")[2]
    for line in (
        "Wij planten twaalf bomen op het Rozenplein.",
        "Met bomen is er schaduw. Wij planten ze zelf.",
        "1 | Twaalf bomen | €\u00a03.800,00",
        "Samen |  | €\u00a05.000,00",
    ):
        assert f"\n{line}\n" in enclosure


def test_without_a_budget_there_is_nothing_to_enclose() -> None:
    letter = letters.write(sample("award", budget=()).text, ANNOUNCEMENT)
    assert ("Bijlagen", "2") in letter.references
    assert "bijlage 3" not in letter.text.casefold()
    assert "zoals het bij uw actie staat" in letter.text
    assert ("Bijlagen", "2") in letters.write(sample("refusal").text, ANNOUNCEMENT).references


@pytest.mark.parametrize(
    ("kind", "grounds", "articles"),
    [
        ("refusal", ("requirement",), None),
        ("refusal", ("ceiling",), "artikel 4:25, tweede lid."),
        ("refusal", ("rule",), "artikel 4:26."),
        (
            "refusal",
            ("will_not_account", "false_application", "will_not_happen"),
            "artikel 4:35, eerste lid, onder a en c en artikel 4:35, tweede lid, onder a.",
        ),
        ("refusal", ("incomplete",), "artikel 4:5, eerste lid, onder c."),
        (
            "lower_determination",
            ("not_done", "not_complied"),
            "artikel 4:42 (vaststelling) en artikel 4:46, tweede lid, onder a en b (lagere "
            "vaststelling).",
        ),
        (
            "withdrawal",
            ("not_done",),
            "artikel 4:48, eerste lid, onder a en artikel 4:48, tweede lid (met terugwerkende "
            "kracht).",
        ),
        (
            "determination",
            (),
            "de artikelen 4:42, 4:44 en 4:46, eerste lid (vaststelling).",
        ),
        (
            "clawback",
            ("overpaid",),
            "artikel 4:57, eerste lid, en artikel 4:95, vierde lid (terugvorderen) en de artikelen "
            "4:86 en 4:87 (betalen).",
        ),
    ],
)
def test_a_letter_rests_on_the_articles_that_were_used(
    kind: str, grounds: tuple[str, ...], articles: str | None
) -> None:
    """Awb 3:46 and 3:47: what is cited is the reasoning that was used, and nothing else."""
    text = said(sample(kind, grounds=grounds))
    rests_on = text.partition("## Op welke regels rust dit besluit?")[2].partition("## ")[0]
    awb = "- De Algemene wet bestuursrecht (Awb): "
    assert (f"{awb}{articles}\n" in rests_on) is bool(articles)
    assert (awb in rests_on) is bool(articles)


def test_a_rule_of_the_union_is_among_what_a_refusal_rests_on() -> None:
    text = said(sample("refusal", grounds=("de_minimis",)))
    assert "\n- Verordening (EU) 2023/2831 over de-minimissteun.\n" in text


@pytest.mark.parametrize("kind", ["award", "refusal", "lower_determination", "clawback"])
def test_after_an_objection_there_is_only_the_court(kind: str) -> None:
    """Awb 6:23: a decision that answers an objection names appeal, and where."""
    text = said(replace(sample(kind), objection=OBJECTION))
    assert "Wij verklaarden uw bezwaar BZ-2026-0002 op 20 april 2026 gegrond." in text
    assert "in beroep gaan bij de rechtbank van het gebied waarin Zonnedam ligt" in text
    assert "Uw beroep moet uiterlijk op 17 juni 2026 bij de rechtbank zijn." in text
    assert "Dan kunt u bezwaar maken" not in text
    assert "Commissie bezwaarschriften" not in text


@pytest.mark.parametrize("kind", AMOUNTS)
def test_a_letter_says_in_whose_name_it_was_decided(kind: str) -> None:
    """Awb 10:10. ``Dat besluit`` pointed at another decision or at none."""
    text = said(sample(kind))
    name = "namens het college van burgemeester en wethouders van Zonnedam."
    assert f"Wij hebben dit besloten {name}" in text
    assert "Dat besluit nam" not in text


@pytest.mark.parametrize("kind", AMOUNTS)
def test_a_letter_says_once_whose_it_is(kind: str) -> None:
    """The name stands above the sender's lines; a screen reader need not hear it twice."""
    assert said(sample(kind)).startswith("Gemeente Zonnedam\nAfdeling Wijken\nPostbus 12\n")


@pytest.mark.parametrize("kind", ["award", "partial_award", "refusal"])
def test_all_codes_stand_in_one_place_with_what_they_are_for(kind: str) -> None:
    text = said(sample(kind))
    before, heading, after = text.partition("## Voor wie het wil narekenen")
    assert heading
    assert "controlecode (sha256)" in after
    assert not re.search(r"[0-9a-f]{8} [0-9a-f]{8}", before)
    assert len(re.findall(r"(?:[0-9a-f]{8} ){7}[0-9a-f]{8}", after)) == 3


@pytest.mark.parametrize(
    ("share", "percentage"), [("1", "100%"), ("1/3", "33,3%"), ("0.25", "25%"), ("1/8", "12,5%")]
)
def test_a_share_is_a_percentage(share: str, percentage: str) -> None:
    assert percent(share) == percentage


def test_interest_runs_from_the_day_after_the_last_and_a_reminder_may_cost_money() -> None:
    text = said(sample("clawback"))
    interest = "wettelijke rente, vanaf de dag na de laatste dag (de artikelen 4:97 en 4:98 Awb)."
    assert f"Betaalt u te laat? Dan betaalt u ook {interest}" in text
    assert "Die kan u geld kosten (artikel 4:113 Awb)." in text
    assert "Zet bij uw betaling: B-2026-0007" in text


def test_an_incomplete_application_is_not_taken_up() -> None:
    """That is no refusal in law (Awb 4:5), and there is nothing to compute."""
    ground = GROUNDS["incomplete"]
    texts = {language: ground.text(language, "refusal") for language in ("nl", "en")}
    entry = {"code": ground.code, **texts, "article": ground.article}
    text = said(changed("refusal", "decision", grounds=(entry,)))
    assert "Besluit: wij nemen uw aanvraag niet in behandeling" in text
    assert "Algemene wet bestuursrecht (Awb): artikel 4:5, eerste lid, onder c." in text
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
    assert "(verdeling" not in text
    award = said(changed("award", "basis", kind="alone", round_number=None))
    assert "Besluit | Dit bedrag kennen wij toe. | €\u00a02.400,60" in award


def test_a_clawback_without_an_account_number_announces_a_request() -> None:
    assert "NL02 ABNA 0123 4567 89" in said(sample("clawback"))
    assert "U krijgt van ons een betaalverzoek" in said(
        sample("clawback"), replace(ANNOUNCEMENT, pay_to="")
    )


def test_a_clawback_is_due_six_weeks_after_it_is_sent() -> None:
    assert "terugbetalen, uiterlijk op 17 juni 2026" in said(sample("clawback"))
    assert "terugbetalen, binnen 6 weken na de dag" in said(sample("clawback"), None)


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
    assert text.startswith("Gemeente Zonnedam\nAfdeling Wijken\n\n")


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
        "uiterlijk op 17 juni 2026 bij ons binnen zijn",
        "uw naam en adres, en de datum;",
        "waarom u het niet eens bent met dit besluit;",
        "voorlopige voorziening",
        "Iemand anders mag voor u bezwaar maken.",
        "op https://buurt.example/mijn/acties, bij aanvraag AV-2026-0003",
    ):
        assert part in text


@pytest.mark.parametrize("kind", AMOUNTS)
def test_grounds_are_a_closed_list_with_an_article_each(kind: str) -> None:
    needs = kind in WITH_GROUNDS
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


def test_interest_is_told_line_by_line_with_what_was_laid_down_and_paid_before() -> None:
    text = said(sample("interest")).replace("\xa0", " ")
    assert "€ 1.400,00 × 6% × 90 dagen ÷ 365 | € 20,71" in text
    assert "Al vastgesteld in een eerder besluit | − € 10,00" in text
    assert "Te betalen | Dit stellen wij vast. | € 59,19" in text
    assert "2 juni 2025 | Rente: € 10,00. Terugbetaling: € 400,00. | € 410,00" in text
    assert "NL02 ABNA 0123 4567 89" in text
    assert "telt die voortaan mee in het bedrag" in text
    for article in ("4:86 en 4:87", "4:97 en 4:98, eerste lid", "4:99", "4:92, eerste lid"):
        assert article in text


def test_interest_that_was_never_laid_down_has_nothing_to_take_off() -> None:
    text = said(first_interest())
    assert "Al vastgesteld" not in text
    assert "Wat hebt u al betaald?" not in text
    assert "telt die voortaan mee" not in text
    assert "loopt de rente door" in text


@pytest.mark.parametrize(
    ("after_objection", "article"), [(False, "artikel 4:100"), (True, "artikel 4:102, tweede lid")]
)
def test_owed_interest_after_a_late_decision_names_the_day_that_counts(
    *, after_objection: bool, article: str
) -> None:
    award = replace(OWED_INTEREST.award, sent_on=date(2025, 9, 1), decide_by=date(2025, 5, 7))
    facts = replace(OWED_INTEREST, award=replace(award, after_objection=after_objection))
    text = said(replace(sample("interest_owed"), interest=facts.told()))
    assert "uiterlijk hadden moeten verzenden: 7 mei 2025 (verzonden op 1 september 2025)" in text
    assert f"({article}{',' if after_objection else ''} Awb)." in text
    assert f"{article} (rente na" in text
    in_time = said(sample("interest_owed"))
    assert "4:100" not in in_time
    assert "4:102" not in in_time
