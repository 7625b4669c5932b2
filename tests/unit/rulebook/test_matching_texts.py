"""What the engine says: complete in both languages, and what it says is right."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.support.rules_and_facts import INDICATORS, application, as_read, decide, gift, rules
from voorjebuurt import rulebook as package
from voorjebuurt import settings
from voorjebuurt.kernel.catalogues import catalogue, languages
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.outcome import Outcome
from voorjebuurt.rulebook.texts.phrases import Count, Money, Names, Number, Phrase, Place, phrase
from voorjebuurt.rulebook.texts.wording import money, say, say_all, written

DUTCH, ENGLISH = catalogue("nl"), catalogue("en")


def told(outcome: Outcome, key: str = "A", language: str = "nl") -> list[str]:
    """The reasons for an application, with plain spaces."""
    return [text.replace("\u00a0", " ") for text in outcome.as_json()["reasons"][key][language]]


def read_back(ruleset: dict[str, Any], language: str = "nl") -> list[str]:
    read_rules = read_ruleset(as_read(ruleset), indicators=INDICATORS)
    return [say(sentence, language).replace("\u00a0", " ") for sentence in sentences(read_rules)]


def test_both_languages_have_the_same_texts_with_the_same_placeholders() -> None:
    assert DUTCH.texts.keys() == ENGLISH.texts.keys()
    for place, forms in DUTCH.texts.items():
        for text, english in zip(forms, ENGLISH.texts[place], strict=True):
            assert set(re.findall(r"{(\w*)}", text)) == set(re.findall(r"{(\w*)}", english)), place
            assert text, place


def test_every_text_is_used() -> None:
    folder = Path(package.__file__).parent
    code = "".join(file.read_text() for file in folder.rglob("*.py"))
    beginnings = ("cap_", "turn_", "rule_combine_", "rule_arrival", "rule_tender", "rule_lottery")
    operators = {">=", "<=", ">", "<", "=="}
    orphans = [
        key
        for key in DUTCH.keys("phrase")
        if f'"{key}"' not in code and not key.startswith(beginnings) and key not in operators
    ]
    assert orphans == []


def test_every_allowed_indicator_has_a_name_in_both_languages() -> None:
    indicators = settings.load_matching({"VJB_ENV": "test"}).indicators
    assert set(indicators) == DUTCH.keys("indicator")


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (0, "€ 0", "€0"),
        (1250, "€ 12,50", "€12.50"),
        (125_000, "€ 1.250", "€1,250"),
        (123_456_705, "€ 1.234.567,05", "€1,234,567.05"),
        (Fraction(3333, 2), "€ 16,665", "€16.665"),
        (Fraction(100, 3), "€ 0,3333…", "€0.3333…"),
        (Fraction(1, 1000), "€ 0,00…", "€0.00…"),
        (Fraction(10**40 - 1, 10**38), "€ 1", "€1"),
    ],
)
def test_money(cents: int | Fraction, dutch: str, english: str) -> None:
    assert money(cents, DUTCH) == dutch.replace(" ", "\u00a0")
    assert money(cents, ENGLISH) == english


@pytest.mark.parametrize(
    ("number", "dutch"),
    [
        (Fraction(3, 2), "1,5"),
        (Fraction(2, 3), "2/3"),
        (Fraction(-72, 1000), "-0,072"),
        (Fraction(1500), "1.500"),
        (Fraction(-1, 3), "-1/3"),
    ],
)
def test_numbers(number: Fraction, dutch: str) -> None:
    assert written(number, DUTCH) == dutch


def test_values_are_put_into_words() -> None:
    condition = phrase("condition_theme", themes=Names(("care", "x"), "or", themes=True))
    assert say(condition, "nl") == "het thema “zorg” of “x”"
    assert say(condition, "en") == "the theme “care” or “x”"
    assert say(phrase(">=", value=Count(1, "donor")), "nl") == "minstens 1 donateur"
    assert say(phrase(">=", value=Count(0, "donor")), "en") == "at least 0 donors"


def test_areas_get_their_names_where_these_are_known() -> None:
    sentence = phrase("area_no_figure", area=Place("BU1"), factor=Number(Fraction(1)))
    assert "BU1" in say(sentence, "nl")
    assert "Planciusbuurt" in say(sentence, "nl", {"BU1": "Planciusbuurt"})


def test_braces_in_what_people_wrote_do_no_harm() -> None:
    require = [{"field": "donors", "op": ">=", "value": 2, "reason": "{crowd} {0}"}]
    outcome = decide(rules(require=require), application("A", 100))
    assert "{crowd} {0}" in told(outcome)[1]


def test_the_arithmetic_of_a_ratio() -> None:
    equity = {
        "indicator": "p_hh_120",
        "bands": [{"at_least": "18.4", "factor": "5/4"}],
        "groups": {"minima": "3/2"},
    }
    ruleset = rules(
        {"kind": "ratio", "ratio": "1/2", "donor_cap_cents": 10000},
        "waterfill",
        ceiling_cents=5000,
        equity=equity,
        caps={"pct_of_goal": 10},
    )
    subject = application("A", 12000, 2501, goal=50000, area={"BU1": 1}, groups=["minima"])
    areas = {"BU1": {"parent": "WK1"}, "WK1": {"values": {"p_hh_120": 20}}}
    outcome = decide(ruleset, subject, application("B", 20000), areas=areas)
    assert told(outcome) == [
        "De actie kreeg € 145,01 van 2 donateurs.",
        "Per donateur telt hoogstens € 100 mee. Dat is samen € 125,01.",
        "Het fonds legt € 0,50 bij elke euro die meetelt: € 125,01 × 0,5 = € 62,505.",
        "Voor BU1 is er geen cijfer. Daarom telt dat van WK1: het percentage huishoudens met een "
        "inkomen tot 120% van het sociaal minimum is daar 20. Daarbij hoort factor 1,25.",
        "De actie bereikt de groep “minima”. Daarbij hoort factor 1,5.",
        "De hoogste factor telt: 1,5.",
        "€ 62,505 × 1,5 = € 93,7575.",
        "Afgerond naar beneden op hele centen is dat € 93,75.",
        "Een actie krijgt hoogstens 10% van het doel van € 500: € 50.",
        "Het berekende bedrag is € 50.",
        "Alle acties samen kunnen € 100 krijgen. In het fonds zit € 50.",
        "Elke actie krijgt hetzelfde bedrag: € 25. Nooit meer dan het berekende bedrag van de "
        "actie.",
        "Het matchgeld uit het fonds is € 25.",
    ]
    english = told(outcome, language="en")
    assert "€62.505 × 1.5 = €93.7575." in english
    assert english[-1] == "The money from the fund is €25."


def test_a_refusal_says_what_was_needed_and_what_was_found() -> None:
    require = [
        {"field": "donors", "op": ">=", "value": 2, "reason": "Twee donateurs is het minste."},
        {"field": "crowd_pct", "op": ">", "value": "33.3", "reason": "een derde"},
        {"field": "theme", "op": "in", "value": ["care", "green"], "reason": "thema!"},
        {"field": "groups", "op": "any", "value": ["minima"], "reason": "groep"},
        {"field": "first_time", "op": "==", "value": True, "reason": "nieuw"},
        {"field": "local_donors", "op": ">=", "value": 1, "reason": "buurt"},
    ]
    outcome = decide(rules(require=require), application("A", 100, goal=1000))
    unmet = "Aan deze voorwaarde voldoet de actie niet:"
    assert told(outcome)[1:] == [
        f"{unmet} minstens 2 donateurs. De actie heeft 1 donateur. Twee donateurs is het minste.",
        f"{unmet} meer dan 33,3% van het doel uit de buurt. De actie heeft 10% van het doel uit de "
        "buurt. Een derde.",
        f"{unmet} het thema “zorg” of “groen”. De actie heeft geen thema. Thema!",
        f"{unmet} bereik van de groep “minima”. De actie heeft geen bevestigde groep. Groep.",
        f"{unmet} een eerste aanvraag. De actie heeft een eerdere aanvraag. Nieuw.",
        f"{unmet} minstens 1 donateur uit de eigen buurt. De actie heeft 0 donateurs uit de eigen "
        "buurt. Buurt.",
        "Daarom is er geen matchgeld uit het fonds.",
        "Het matchgeld uit het fonds is € 0.",
    ]


def test_gifts_that_do_not_count_are_told_apart() -> None:
    outcome = decide(rules(), application("A", gift("init", 5000, matchable=False), 200))
    sentence = "De actie kreeg samen € 52. Voor het fonds telt daarvan € 2 mee, van 1 donateur."
    assert told(outcome)[0] == sentence


def divided(
    divide: str | dict[str, object],
    *applications: dict[str, Any],
    ceiling: int,
    base: dict[str, Any] | None = None,
    key: str = "A",
    **facts: Any,
) -> list[str]:
    ruleset = rules(base or {"kind": "ratio", "ratio": 1}, divide, ceiling_cents=ceiling)
    return told(decide(ruleset, *applications, **facts), key)[-3:-1]


def test_a_queue_tells_the_place_and_what_was_left() -> None:
    entries = [application("A", 100), application("B", 100), application("C", 100)]
    turn = (
        "In volgorde van binnenkomst was de actie nummer {} van 3. Er was toen nog {} in het fonds."
    )
    assert divided("arrival", *entries, ceiling=150)[1] == turn.format(1, "€ 1,50")
    assert divided("arrival", *entries, ceiling=150, key="B") == [
        turn.format(2, "€ 0,50"),
        "Dat is minder dan het berekende bedrag. De actie krijgt wat er nog was.",
    ]
    assert divided("arrival", *entries, ceiling=150, key="C") == [
        turn.format(3, "€ 0"),
        "Het fonds was toen leeg. Daarom is er geen matchgeld.",
    ]
    small = {"kind": "arrival", "min_partial_cents": 60}
    assert divided(small, *entries, ceiling=150, key="B")[1] == (
        "Dat is minder dan het berekende bedrag. Een deel onder € 0,60 wordt niet toegekend."
    )
    assert "score 7" in divided("tender", application("A", 1, score=7), ceiling=5)[1]
    assert "loting" in divided("lottery", application("A", 1), ceiling=5, lottery_seed="s")[1]


def test_a_shared_pot_tells_how_it_was_shared() -> None:
    entries = [application("A", 6), application("B", 6), application("C", 2)]
    assert divided("proportional", *entries, ceiling=10) == [
        "Elke actie krijgt hetzelfde deel van het berekende bedrag: € 0,0428….",
        "Wat aan hele centen overblijft, gaat naar wie het dichtst bij een volgende cent was.",
    ]
    assert divided("waterfill", *entries, ceiling=10, key="C") == [
        "Elke actie krijgt hetzelfde bedrag: € 0,04. Nooit meer dan het berekende bedrag van de "
        "actie.",
        "Meer dan € 0,02 kan de actie niet krijgen. Dat bedrag is er helemaal.",
    ]
    assert divided("waterfill", *entries, ceiling=99)[1] == (
        "Er is genoeg geld in het fonds voor alle acties samen."
    )
    squares = application("A", 100, 100)
    fill = {"kind": "qf_pot", "fill": True}
    assert divided(fill, squares, application("B", 9, 9), base={"kind": "qf"}, ceiling=109) == [
        "Alle acties samen kunnen € 2,18 krijgen. In het fonds zit € 1,09.",
        "Het fonds wordt verdeeld in verhouding tot € 2. Dat geeft € 1.",
    ]


def test_every_other_base_is_told() -> None:
    def base(kind: str, *gifts: int, **more: Any) -> list[str]:
        outcome = decide(rules({"kind": kind, **more}), application("A", *gifts, goal=1000))
        return told(outcome)[1:-3]

    assert base("per_donor", 50, 200, amount_cents=500, min_gift_cents=100) == [
        "Een donateur telt mee vanaf € 1 in totaal. Dat zijn er 1.",
        "Het fonds geeft € 5 voor elke donateur die meetelt: 1 × € 5 = € 5.",
    ]
    lump = "Het fonds geeft 20% van het doel aan een actie met minstens 50% van het doel uit de "
    both = {"min_pct": 50, "min_donors": 1, "award_pct": 20}
    assert base("threshold", 499, **both) == [
        lump + "buurt en minstens 1 donateur.",
        "Daarmee is de grens niet gehaald. Daarom is het bedrag € 0.",
    ]
    assert base("threshold", 500, **both)[1] == (
        "Daarmee is de grens gehaald. Het bedrag dat daarbij hoort is € 2."
    )
    assert base("topup", 900, last_pct=30)[1] == (
        "Aan het doel van € 10 ontbreekt nog € 1. Het fonds vult dat aan."
    )
    assert base("qf", 500) == ["Met minder dan twee donateurs is het bedrag bij deze regel € 0."]
    assert base("qf", 2, 3)[0].endswith("min de giften zelf, is € 0,0489….")
    assert "samen minder mee" in base("qf", 2, 3, pair_bound_cents=5)[0]


def test_a_live_fund_tells_when_it_was_empty() -> None:
    ruleset = rules(divide="arrival", moment="live", ceiling_cents=50)
    subject = application("A", gift("a", 100, paid_at="2026-03-01T09:00:00Z"))
    assert told(decide(ruleset, subject))[-3:] == [
        "Het fonds legt geld bij elke gift. Dat gaat in volgorde van betaling, zolang er geld in "
        "het fonds is.",
        "Het fonds was tussendoor leeg. Daarom is het matchgeld lager dan het berekende bedrag.",
        "Het matchgeld uit het fonds is € 0,50.",
    ]


def test_the_recommended_rules_read_back() -> None:
    bands = [{"at_least": 15, "factor": "5/4"}, {"at_least": "20.5", "factor": "3/2"}]
    recommendation = rules(
        {"kind": "ratio", "ratio": "1/1", "donor_cap_cents": 10000},
        {"kind": "waterfill", "weights": "equity"},
        ceiling_cents=2_500_000,
        require=[{"field": "donors", "op": ">=", "value": 10, "reason": "te weinig donateurs"}],
        equity={"indicator": "p_hh_120", "bands": bands},
        caps={"pct_of_goal": 50},
    )
    assert read_back(recommendation) == [
        "Het fonds verdeelt hoogstens € 25.000.",
        "Het geld wordt verdeeld na de sluitingsdatum.",
        "Voorwaarde: minstens 10 donateurs. Anders is er geen matchgeld. De reden is dan: “Te "
        "weinig donateurs.”",
        "Voor elke euro van donateurs legt het fonds € 1 bij.",
        "Per donateur telt hoogstens € 100 mee, over alle giften aan een actie.",
        "Giften van de initiatiefnemers, hun bestuur en het fonds zelf tellen wel mee voor het "
        "doel van de actie, niet voor het matchgeld.",
        "Acties voor buurten die vaak worden overgeslagen krijgen meer. Wat telt is het "
        "percentage huishoudens met een inkomen tot 120% van het sociaal minimum.",
        "Is dat 15 of meer? Dan is de factor 1,25.",
        "Is dat 20,5 of meer? Dan is de factor 1,5.",
        "Passen er meer factoren? Dan telt de hoogste. Werkt een actie in meer buurten? Dan telt "
        "elke buurt mee voor dat deel van de actie. Ontbreekt een cijfer? Dan telt dat van de wijk "
        "of de gemeente. Is er nergens een cijfer? Dan is de factor 1.",
        "Het bedrag wordt vermenigvuldigd met de factor. Een factor is nooit lager dan 1.",
        "Een actie krijgt hoogstens 50% van het doel.",
        "Het bedrag wordt één keer afgerond: naar beneden, op hele centen.",
        "Is er te weinig geld? Dan krijgt elke actie hetzelfde bedrag, keer de factor van de "
        "actie. Nooit meer dan het berekende bedrag van de actie.",
        "Hele centen die overblijven gaan naar wie het dichtst bij een volgende cent is. Daarna "
        "gaat het op volgorde van nummer.",
    ]
    assert read_back(recommendation, "en")[3] == "The fund adds €1 to every euro from donors."


def test_every_kind_of_rule_reads_back() -> None:
    def back(
        base: dict[str, Any] | None = None,
        divide: str | dict[str, Any] = "proportional",
        **more: Any,
    ) -> str:
        return " ".join(read_back(rules(base or {"kind": "qf"}, divide, **more)))

    assert "2/3 euro" in back({"kind": "ratio", "ratio": "2/3"})
    assert "€ 5 voor elke" in back({"kind": "per_donor", "amount_cents": 500, "min_gift_cents": 9})
    assert "geeft elke actie € 7." in back({"kind": "threshold", "award_cents": 700})
    some_donors = {"kind": "threshold", "award_cents": 700, "min_donors": 5}
    assert "aan een actie met minstens 5 donateurs." in back(some_donors)
    assert "laatste 30%" in back({"kind": "topup", "last_pct": 30})
    assert "wortels" in back()
    assert "grens is € 1." in back({"kind": "qf", "pair_bound_cents": 100})
    assert "tot het fonds leeg is" in back({"kind": "ratio", "ratio": 1}, "arrival", moment="live")
    assert "eerst komt" in back(divide={"kind": "arrival", "min_partial_cents": 100})
    assert "hoogste score" in back(divide="tender")
    assert "Loting" in back(divide="lottery")
    assert "krijgt elke actie hetzelfde bedrag. Nooit" in back(divide="waterfill")
    assert "niet kan krijgen, gaat naar de andere" in back(divide="qf_pot")
    assert "Het hele fonds" in back(divide={"kind": "qf_pot", "fill": True})
    assert "ontbreekt." in back(caps={"to_gap": True, "project_cents": 100})
    low = {"indicator": "ses_woa", "bands": [{"at_most": "-0.1", "factor": 2}]}
    sentences_of_both = back(equity={**low, "groups": {"minima": 3}, "combine": "product"})
    assert "-0,1 of minder" in sentences_of_both
    assert "wordt vermenigvuldigd met die van de groep" in sentences_of_both


def test_every_language_says_as_much() -> None:
    phrases = [phrase("award", award=Money(5)), Phrase("refused", {})]
    assert {language: len(texts) for language, texts in say_all(phrases).items()} == dict.fromkeys(
        languages(), 2
    )
