"""What a decision's letter says of the views that were asked before it (Awb 4:7–4:12). Pure."""

from collections.abc import Iterator
from typing import Any

from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.proof.schema import Snapshot

_HOW = {
    "online": "U schreef op de website:",
    "letter": "U schreef in uw brief:",
    "phone": "U vertelde ons door de telefoon:",
    "desk": "U vertelde ons aan de balie:",
}
_EXCEPTIONS = {
    "urgency": "omdat wij snel moeten beslissen (artikel 4:11, onder a, van de Algemene wet "
    "bestuursrecht, de Awb)",
    "before": "omdat u uw zienswijze al eerder kon geven en er daarna niets is veranderd (artikel "
    "4:11, onder b, van de Algemene wet bestuursrecht, de Awb)",
    "purpose": "omdat dit besluit anders zijn doel niet bereikt (artikel 4:11, onder c, van de "
    "Algemene wet bestuursrecht, de Awb)",
}


def views(snapshot: Snapshot) -> Iterator[Block]:
    """That they were asked, what came of it and how that was weighed; or why they were not."""
    facts = snapshot.views
    if facts is None:
        return
    yield Heading("Uw zienswijze")
    if facts["exception"]:
        reason = _EXCEPTIONS[facts["exception"]]
        yield Paragraph(f"Wij vroegen u vóór dit besluit niet om uw zienswijze, {reason}.")
        yield Paragraph(f"Onze toelichting: {facts['exception_reason']}")
        return
    yield Paragraph(
        f"Op {day(facts['asked_on'])} schreven wij u in brief {facts['number']} wat wij van plan "
        f"waren. {_what_came(facts)}"
    )
    if facts["status"] == "answered":
        yield Paragraph(_HOW[facts["channel"]])
        yield Paragraph(facts["answer"])
        yield Paragraph(f"Zo hebben wij uw zienswijze meegewogen: {facts['weighing']}")


def _what_came(facts: dict[str, Any]) -> str:
    if facts["status"] == "answered":
        return f"Op {day(facts['received_on'])} kregen wij uw zienswijze."
    if facts["status"] == "waived":
        return f"Op {day(facts['received_on'])} liet u weten dat u geen zienswijze geeft."
    return f"U kon tot en met {day(facts['until'])} reageren. Wij kregen geen reactie."
