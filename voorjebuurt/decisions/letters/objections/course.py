"""How an objection was dealt with, as the letters tell it (Awb 7:7, 7:13). Pure."""

from collections.abc import Iterator
from typing import Any

from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph, Points
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot

NO_HEARING = {
    "manifest_inadmissibility": "het bezwaar is kennelijk niet-ontvankelijk (artikel 7:3, onder a)",
    "manifest_unfoundedness": "het bezwaar is kennelijk ongegrond (artikel 7:3, onder b)",
    "renunciation": "u zei dat u niet gehoord wilde worden (artikel 7:3, onder c)",
    "silence": "u liet niet op tijd weten dat u gehoord wilde worden (artikel 7:3, onder d)",
    "full_agreement": "wij geven u helemaal gelijk, en niemand anders heeft daar nadeel van "
    "(artikel 7:3, onder e)",
}
_MISSING = {
    "grounds": "de redenen van uw bezwaar",
    "authority": "een machtiging van wie voor u optreedt",
    "signature": "uw handtekening, of uw naam en adres",
}


def missing_in_words(code: str) -> str:
    """What an objection lacked."""
    return _MISSING[code]


def how_it_went(snapshot: RulingSnapshot) -> Iterator[Block]:
    """The steps in order, then what was said: nothing of the hearing and the advice is left out."""
    yield Heading("Hoe hebben wij uw bezwaar behandeld?")
    points = [line for step in snapshot.steps if (line := _line(step))]
    yield Points((f"{day(snapshot.objection['received_on'])}: uw bezwaar kwam binnen.", *points))
    for step in snapshot.steps:
        if step["kind"] == "hearing":
            yield Paragraph(f"Verslag van de hoorzitting (onder leiding van {step['detail']}):")
            yield Paragraph(step["body"])
        elif step["kind"] == "advice":
            yield Paragraph("Het advies van de commissie:")
            yield Paragraph(step["body"])
        elif step["kind"] == "waiver":
            yield Paragraph(
                f"Er was geen hoorzitting. De reden: {NO_HEARING[step['detail']]}. {step['body']}"
            )


def _line(step: dict[str, Any]) -> str:
    on, until = day(step["on"]), day(step["until"]) if step["until"] else ""
    text = {
        "question": f"wij vroegen om {_MISSING.get(step['detail'], 'een aanvulling')}, uiterlijk "
        f"op {until}",
        "completion": "uw aanvulling kwam binnen",
        "lapse": "de tijd om aan te vullen was voorbij; wij ontvingen niets",
        "committee": f"wij vroegen advies aan {step['detail']}",
        "advice": "de commissie gaf haar advies",
        "invitation": f"wij nodigden u uit voor een hoorzitting op {until}, {step['place']}",
        "waiver": "wij besloten om geen hoorzitting te houden",
        "hearing": "de hoorzitting",
        "extension": "wij namen zes weken meer tijd om te beslissen",
        "consent": f"u vond het goed dat wij uiterlijk op {until} beslissen",
        "excuse": "",
        "costs": "u vroeg om een vergoeding van kosten",
    }[step["kind"]]
    return f"{on}: {text}." if text else ""
