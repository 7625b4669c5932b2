"""The grounds on which money may be refused, lowered, withdrawn or claimed back: a closed list.

Each ground names the article it rests on, so that no letter can go out without one. Its sentence
stands in the catalogues, and is kept with each decision: a letter must come out the same in ten
years.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voorjebuurt.kernel.catalogues import catalogue

REFUSAL = "refusal"
PARTIAL = "partial_award"
WITHDRAWAL = "withdrawal"
CHANGE = "award_change"
LOWER = "lower_determination"
CLAWBACK = "clawback"
DETERMINATION_CHANGE = "determination_change"
INCOMPLETE = "incomplete"
"""The application is not handled, as it was not completed (Awb 4:5)."""


@dataclass(frozen=True)
class Ground:
    """The code of a sentence, the article, and the kinds of decision it may carry.

    ``own``: the kinds for which it has a sentence of its own, as it says something else there.
    ``about_applicant``: it rests on facts about who applied that are not what they told, so that
    they are asked for their views before a refusal (Awb 4:7).
    """

    code: str
    article: str
    kinds: tuple[str, ...]
    own: tuple[str, ...] = ()
    about_applicant: bool = False

    def text(self, language: str, kind: str) -> str:
        """The sentence in a language, in a decision of this kind."""
        key = f"{self.code} {kind}" if kind in self.own else self.code
        return catalogue(language).text("ground", key)


_LISTED = (
    Ground("ceiling", "artikel 4:25, tweede lid, Awb", (REFUSAL, PARTIAL), own=(PARTIAL,)),
    Ground("requirement", "de regel van het fonds", (REFUSAL,)),
    Ground(
        "rule", "artikel 4:26 Awb en de regel van het fonds", (REFUSAL, PARTIAL), own=(REFUSAL,)
    ),
    Ground("outside_area", "de regel van het fonds", (REFUSAL,)),
    Ground("campaign_over", "de regel van het fonds", (REFUSAL,)),
    Ground(INCOMPLETE, "artikel 4:5, eerste lid, onder c, Awb", (REFUSAL,)),
    Ground(
        "will_not_happen",
        "artikel 4:35, eerste lid, onder a, Awb",
        (REFUSAL,),
        about_applicant=True,
    ),
    Ground(
        "will_not_comply",
        "artikel 4:35, eerste lid, onder b, Awb",
        (REFUSAL,),
        about_applicant=True,
    ),
    Ground(
        "will_not_account",
        "artikel 4:35, eerste lid, onder c, Awb",
        (REFUSAL,),
        about_applicant=True,
    ),
    Ground(
        "false_application",
        "artikel 4:35, tweede lid, onder a, Awb",
        (REFUSAL,),
        about_applicant=True,
    ),
    Ground("insolvent", "artikel 4:35, tweede lid, onder b, Awb", (REFUSAL,), about_applicant=True),
    Ground(
        "de_minimis",
        "Verordening (EU) 2023/2831 over de-minimissteun",
        (REFUSAL, PARTIAL),
        about_applicant=True,
    ),
    Ground(
        "not_done",
        "{paragraph} onder a, Awb",
        (WITHDRAWAL, CHANGE, LOWER),
        own=(WITHDRAWAL, CHANGE),
    ),
    Ground("not_complied", "{paragraph} onder b, Awb", (WITHDRAWAL, CHANGE, LOWER)),
    Ground("false_data", "{paragraph} onder c, Awb", (WITHDRAWAL, CHANGE, LOWER)),
    Ground("wrong_award", "{paragraph} onder d, Awb", (WITHDRAWAL, CHANGE, LOWER)),
    Ground("incorrect_award", "artikel 4:50, eerste lid, onder a, Awb", (CHANGE,)),
    Ground("new_circumstances", "artikel 4:50, eerste lid, onder b, Awb", (CHANGE,)),
    Ground("unknown_facts", "artikel 4:49, eerste lid, onder a, Awb", (DETERMINATION_CHANGE,)),
    Ground(
        "wrong_determination", "artikel 4:49, eerste lid, onder b, Awb", (DETERMINATION_CHANGE,)
    ),
    Ground("duty_after", "artikel 4:49, eerste lid, onder c, Awb", (DETERMINATION_CHANGE,)),
    Ground("overpaid", "artikel 4:57, eerste lid, Awb", (CLAWBACK,)),
)
GROUNDS = {ground.code: ground for ground in _LISTED}
WITH_TERM = frozenset({"incorrect_award", "new_circumstances"})
"""Grounds of Awb 4:50: with a reasonable term, and damage of who relied on the award is paid."""
WITH_BREACH = "duty_after"
"""The ground of Awb 4:49, first paragraph, under c: its five years count from the breach."""
_PARAGRAPHS = {
    WITHDRAWAL: "artikel 4:48, eerste lid,",
    CHANGE: "artikel 4:48, eerste lid,",
    LOWER: "artikel 4:46, tweede lid,",
}


def grounds_for(kind: str) -> Sequence[Ground]:
    """The grounds that a decision of this kind may rest on; none for one that needs none."""
    return [ground for ground in _LISTED if kind in ground.kinds]


def article_of(ground: Ground, kind: str) -> str:
    """The article as it stands in a decision of this kind."""
    return ground.article.format(paragraph=_PARAGRAPHS.get(kind, ""))
