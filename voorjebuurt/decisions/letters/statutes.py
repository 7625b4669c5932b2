"""On what a decision rests, as its letter lists it: only what was used. Pure."""

import re
from collections.abc import Iterator, Sequence

from voorjebuurt.decisions.letters.content import Block, Heading, Points
from voorjebuurt.decisions.letters.dutch import day, joined
from voorjebuurt.decisions.letters.parts import house
from voorjebuurt.decisions.proof.schema import Ruling, Snapshot

_ARTICLE = re.compile(r"(artikel \d:[^A]+?),? Awb")
_OTHER_LAW = re.compile(r"^Verordening .+")


def articles_of(decision: Ruling) -> list[str]:
    """The articles of the Awb that the grounds name: those that differ in a letter are one."""
    letters: dict[str, list[str]] = {}
    for ground in decision.grounds:
        for article in _ARTICLE.findall(ground["article"]):
            paragraph, _, letter = article.partition(", onder ")
            places = letters.setdefault(paragraph, [])
            if letter and letter not in places:
                places.append(letter)
    return [
        f"{paragraph}, onder {joined(sorted(places))}" if places else paragraph
        for paragraph, places in letters.items()
    ]


def statutes(
    snapshot: Snapshot, articles: Sequence[str], *, by_rule: bool = False
) -> Iterator[Block]:
    """The fund's legal basis, its rule where it was applied, and these articles of the Awb."""
    fund = snapshot.fund
    yield Heading("Op welke regels rust dit besluit?")
    points = [f"{fund.legal_basis.rstrip('.')}."] if fund.legal_basis else []
    points += _published(snapshot)
    if by_rule:
        points.append(
            f"De regel van het fonds {fund.name}, versie {fund.version}, bekendgemaakt op "
            f"{day(fund.published_at)}. Dat moet volgens de artikelen 4:26 en 4:27 van de Algemene "
            "wet bestuursrecht (Awb)."
        )
    points += [
        f"{ground['article']}."
        for ground in snapshot.decision.grounds
        if _OTHER_LAW.match(ground["article"])
    ]
    if articles:
        points.append(f"De Algemene wet bestuursrecht (Awb): {joined(articles)}.")
    yield Points(tuple(points))


def _published(snapshot: Snapshot) -> list[str]:
    """Where the scheme and its ceiling were published (Awb 3:42, 4:26, 4:27), as far as told."""
    fund, own = snapshot.fund, house(snapshot).own
    scheme = fund.scheme_reference or own.scheme_reference
    ceiling = fund.ceiling_reference or own.ceiling_reference
    points = [f"Deze regeling is bekendgemaakt in: {scheme.rstrip('.')}."] if scheme else []
    if ceiling:
        points.append(f"Het subsidieplafond is bekendgemaakt in: {ceiling.rstrip('.')}.")
    return points
