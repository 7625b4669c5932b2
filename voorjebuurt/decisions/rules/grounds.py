"""The grounds on which money may be refused, lowered, withdrawn or claimed back: a closed list.

Each ground names the article it rests on, so that no letter can go out without one. Texts are
data and not translations: a letter must come out the same in ten years.
"""

from collections.abc import Sequence
from dataclasses import dataclass

REFUSAL = "refusal"
PARTIAL = "partial_award"
WITHDRAWAL = "withdrawal"
LOWER = "lower_determination"
CLAWBACK = "clawback"


@dataclass(frozen=True)
class Ground:
    """A sentence in both languages, the article, and the kinds of decision it may carry."""

    code: str
    nl: str
    en: str
    article: str
    kinds: tuple[str, ...]


_LISTED = (
    Ground(
        "ceiling",
        "Het geld in het fonds is op. Wij mogen niet meer geven dan het subsidieplafond.",
        "The fund's money is spent. We may not give more than the ceiling of the fund.",
        "artikel 4:25, tweede lid, Awb",
        (REFUSAL, PARTIAL),
    ),
    Ground(
        "requirement",
        "Uw actie voldoet niet aan een voorwaarde van het fonds.",
        "Your campaign does not meet a condition of the fund.",
        "de regel van het fonds",
        (REFUSAL,),
    ),
    Ground(
        "rule",
        "Volgens de regel van het fonds krijgt uw actie niet het hele berekende bedrag.",
        "By the rule of the fund your campaign does not get the whole computed amount.",
        "artikel 4:26 Awb en de regel van het fonds",
        (REFUSAL, PARTIAL),
    ),
    Ground(
        "outside_area",
        "Uw actie hoort niet bij het gebied of het doel van het fonds.",
        "Your campaign is outside the area or the purpose of the fund.",
        "de regel van het fonds",
        (REFUSAL,),
    ),
    Ground(
        "incomplete",
        "Uw aanvraag was niet compleet. U kreeg de kans om haar aan te vullen.",
        "Your application was not complete. You had the chance to complete it.",
        "artikel 4:5 Awb",
        (REFUSAL,),
    ),
    Ground(
        "will_not_happen",
        "Er is een goede reden om te denken dat uw plan niet of niet helemaal doorgaat.",
        "There is good reason to think that your plan will not happen, or not all of it.",
        "artikel 4:35, eerste lid, onder a, Awb",
        (REFUSAL,),
    ),
    Ground(
        "will_not_comply",
        "Er is een goede reden om te denken dat u zich niet aan de verplichtingen houdt.",
        "There is good reason to think that you will not meet the obligations.",
        "artikel 4:35, eerste lid, onder b, Awb",
        (REFUSAL,),
    ),
    Ground(
        "will_not_account",
        "Er is een goede reden om te denken dat u het geld niet goed kunt verantwoorden.",
        "There is good reason to think that you can't account properly for the money.",
        "artikel 4:35, eerste lid, onder c, Awb",
        (REFUSAL,),
    ),
    Ground(
        "false_application",
        "In uw aanvraag stond iets dat niet klopt, of er ontbrak iets belangrijks.",
        "Something in your application was wrong, or something important was missing.",
        "artikel 4:35, tweede lid, onder a, Awb",
        (REFUSAL,),
    ),
    Ground(
        "de_minimis",
        "Met dit bedrag krijgt uw onderneming meer overheidssteun dan is toegestaan.",
        "With this amount your undertaking would get more state aid than is allowed.",
        "Verordening (EU) 2023/2831 (de-minimissteun)",
        (REFUSAL, PARTIAL),
    ),
    Ground(
        "not_done",
        "Het plan waarvoor u het geld kreeg, is niet of niet helemaal uitgevoerd.",
        "The plan for which you got the money was not carried out, or not all of it.",
        "{paragraph} onder a, Awb",
        (WITHDRAWAL, LOWER),
    ),
    Ground(
        "not_complied",
        "U hebt zich niet aan de verplichtingen gehouden die bij het geld horen.",
        "You did not meet the obligations that go with the money.",
        "{paragraph} onder b, Awb",
        (WITHDRAWAL, LOWER),
    ),
    Ground(
        "false_data",
        "U gaf gegevens die niet klopten of niet compleet waren. Met de goede gegevens hadden wij "
        "anders besloten.",
        "You gave data that were wrong or not complete. With the right data we would have decided "
        "otherwise.",
        "{paragraph} onder c, Awb",
        (WITHDRAWAL, LOWER),
    ),
    Ground(
        "wrong_award",
        "Het eerdere besluit was onjuist. U wist dat, of u had het kunnen weten.",
        "The earlier decision was wrong. You knew that, or you could have known.",
        "{paragraph} onder d, Awb",
        (WITHDRAWAL, LOWER),
    ),
    Ground(
        "overpaid",
        "U hebt meer geld ontvangen dan waar u recht op hebt.",
        "You received more money than you are entitled to.",
        "artikel 4:57, eerste lid, Awb",
        (CLAWBACK,),
    ),
)
GROUNDS = {ground.code: ground for ground in _LISTED}
_PARAGRAPHS = {WITHDRAWAL: "artikel 4:48, eerste lid,", LOWER: "artikel 4:46, tweede lid,"}


def grounds_for(kind: str) -> Sequence[Ground]:
    """The grounds that a decision of this kind may rest on; none for one that needs none."""
    return [ground for ground in _LISTED if kind in ground.kinds]


def article_of(ground: Ground, kind: str) -> str:
    """The article as it stands in a decision of this kind."""
    return ground.article.format(paragraph=_PARAGRAPHS.get(kind, ""))
