"""What an applicant must know on the way, on paper: more time, questions, and their end. Pure.

The same is mailed to who agreed to electronic letters (Awb 2:14).
"""

from collections.abc import Callable, Iterator, Mapping

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.characters import known
from voorjebuurt.decisions.letters.content import Block, Heading, Letter, Paragraph, Points
from voorjebuurt.decisions.letters.course_facts import AWB, CaseFacts
from voorjebuurt.decisions.letters.dutch import day, euros
from voorjebuurt.decisions.letters.house import UNSIGNED
from voorjebuurt.decisions.letters.others import OF_OTHERS


def case_letter(facts: CaseFacts, announcement: Announcement) -> Letter:
    """The letter, with its day and its signer."""
    own = facts.house
    title, blocks = _LETTERS[facts.kind]
    return known(
        Letter(
            title=title,
            municipality=own.name,
            sender=own.head,
            addressee=facts.addressee,
            references=_references(facts, announcement),
            salutation=f"Geachte {facts.name},",
            blocks=(*blocks(facts), *own.contact(facts.number)),
            closing=(*own.greeting, announcement.signer, announcement.function, UNSIGNED),
            annexes=(),
            number=facts.number,
            date=announcement.sent_on.isoformat(),
            mark="",
            logo=own.own.logo,
            return_address=own.own.return_address,
        )
    )


def _references(facts: CaseFacts, announcement: Announcement) -> tuple[tuple[str, str], ...]:
    own_number = () if facts.number == facts.application else (("Aanvraag", facts.application),)
    return (
        ("Verzonden op", day(announcement.sent_on)),
        ("Ons kenmerk", facts.number),
        *own_number,
        ("Fonds", facts.fund),
    )


def _reason(facts: CaseFacts) -> Iterator[Block]:
    yield Heading("Waarom?")
    yield Paragraph(facts.reason)


def _what(facts: CaseFacts) -> str:
    return f"geld uit het fonds {facts.fund} voor uw actie ‘{facts.title}’"


def _on_paper(facts: CaseFacts) -> str:
    own = facts.house
    return "naar het adres boven aan deze brief" if len(own.head) > 1 else f"naar {own.reached}"


def _views_extension(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Op {day(facts.since)} schreven wij u wat wij van plan zijn met {_what(facts)}. U kon "
        f"daarop reageren tot en met {day(facts.before)}. U krijgt meer tijd: laat ons uiterlijk "
        f"op {day(facts.until)} weten wat u ervan vindt. Dat heet uw zienswijze ({facts.about} "
        f"{AWB})."
    )
    yield from _reason(facts)
    yield Heading("Hoe kunt u reageren?")
    yield Paragraph(
        f"Op de website, op papier {_on_paper(facts)}, door de telefoon of aan de balie. U hoeft "
        "niet te reageren. Na die dag kunnen wij beslissen, ook zonder uw reactie."
    )


def _intention_end(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Op {day(facts.since)} schreven wij u wat wij van plan waren met {_what(facts)}. Dat zijn "
        "wij niet meer van plan. U hoeft niets te doen."
    )
    yield from _reason(facts)
    yield Paragraph(
        "Wat wij eerder besloten, blijft zoals het is. Willen wij later toch iets veranderen dat "
        "slechter is voor u? Dan vragen wij eerst opnieuw wat u ervan vindt."
    )


def _completion_question(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Uw aanvraag {facts.application} om {_what(facts)} is nog niet compleet. Wij kunnen er "
        "daarom nog niet op beslissen."
    )
    yield Heading("Wat hebben wij nodig?")
    yield Paragraph(facts.reason)
    yield Paragraph(
        f"Stuur het ons uiterlijk op {day(facts.until)} (artikel 4:5 {AWB}). Dat kan op de "
        f"website, bij uw aanvraag. Het kan ook op papier, {_on_paper(facts)}. Noem het kenmerk "
        f"{facts.number}."
    )
    yield Heading("Wat gebeurt er daarna?")
    yield Paragraph(
        "De termijn om te beslissen staat nu stil. Die loopt weer als wij uw aanvulling hebben, of "
        "als deze dag voorbij is (artikel 4:15 van de Awb). Hebben wij dan niets van u? Dan kunnen "
        "wij besluiten dat wij uw aanvraag niet behandelen. Tegen dat besluit kunt u bezwaar maken."
    )


def _term_extension(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Wij zouden uiterlijk op {day(facts.before)} beslissen op uw aanvraag {facts.application} "
        f"om {_what(facts)}. Dat lukt niet. U krijgt ons besluit uiterlijk op {day(facts.until)} "
        f"(artikel 4:14 {AWB})."
    )
    yield from _reason(facts)
    yield Paragraph(
        "U hoeft niets te doen. Tegen deze brief kunt u geen bezwaar maken (artikel 6:3 van de "
        "Awb). Beslissen wij niet op tijd? Dan kunt u ons een ingebrekestelling sturen (artikel "
        "4:17 van de Awb)."
    )


def _proof_question(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Wij hebben u subsidie toegekend uit het fonds {facts.fund} voor uw actie "
        f"‘{facts.title}’. Wij stellen het bedrag zelf vast. Wij kunnen u vragen te laten zien dat "
        "u uw plan uitvoert. Dat vragen wij nu."
    )
    yield Heading("Waarom vragen wij dit?")
    if facts.about == "sample":
        yield Paragraph(
            "Wij bekijken een deel van de subsidies. Een loting bepaalt welke. Uw aanvraag is "
            "geloot. Wij denken dus niet dat er iets mis is."
        )
    else:
        yield Paragraph(facts.cause)
    yield Heading("Wat vragen wij?")
    yield Paragraph(facts.reason)
    yield Paragraph(
        f"Stuur het ons uiterlijk op {day(facts.until)}. Dat is een verplichting bij uw subsidie "
        f"(artikel 4:37, eerste lid, onder c, {AWB}). U kiest zelf hoe:"
    )
    yield Points(
        (
            f"Op de website, bij uw aanvraag {facts.application}. U kunt bestanden meesturen.",
            f"Op papier, {_on_paper(facts)}. Noem het kenmerk {facts.number}.",
        )
    )
    yield Paragraph("Lukt het niet op tijd? Vraag ons dan voor die dag om meer tijd.")
    yield from _after_question()


def _after_question() -> Iterator[Block]:
    yield Heading("Wat gebeurt er daarna?")
    yield Paragraph(
        "Wij bekijken wat u stuurt, en schrijven u wat wij ervan vinden. Tot dan stellen wij uw "
        "subsidie niet vast. Krijgen wij niets, of blijkt er niet uit dat u uw plan hebt "
        "uitgevoerd? Dan kunnen wij de subsidie lager vaststellen (artikel 4:46, tweede lid, van "
        "de Awb). Daarover vragen wij u dan eerst wat u ervan vindt."
    )
    yield Paragraph(
        "Tegen deze brief kunt u geen bezwaar maken (artikel 6:3 van de Awb). Dat kan wel tegen "
        "het besluit over het bedrag."
    )


def _proof_extension(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Op {day(facts.since)} vroegen wij u te laten zien dat u uw plan uitvoert. Het gaat om "
        f"{_what(facts)}. U had daarvoor tijd tot en met {day(facts.before)}. U krijgt meer tijd: "
        f"stuur het ons uiterlijk op {day(facts.until)}."
    )
    yield from _reason(facts)
    yield Paragraph("Wat wij vroegen en hoe u het stuurt, staat in onze eerste brief.")


_FINDINGS = {
    "proof": "U hebt ons laten zien dat u uw plan hebt uitgevoerd. Dank u wel.",
    "gap": "Uit wat u stuurde, blijkt voor ons niet genoeg dat u uw plan hebt uitgevoerd.",
    "silence": "Wij kregen van u geen antwoord.",
    "mistake": "Wij hadden dit niet aan u moeten vragen. U hoeft er niets meer mee te doen.",
}


def _proof_finding(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Op {day(facts.since)} vroegen wij u te laten zien dat u uw plan uitvoert. Het gaat om "
        f"{_what(facts)}. {_FINDINGS[facts.about]}"
    )
    yield Heading("Onze toelichting")
    yield Paragraph(facts.reason)
    yield Heading("Wat gebeurt er nu?")
    if facts.about in ("gap", "silence"):
        yield Paragraph(
            "Wij hebben nog niets besloten over het bedrag. Willen wij uw subsidie lager "
            "vaststellen? Dan schrijven wij u dat eerst, en vragen wij wat u ervan vindt (artikel "
            f"4:8 {AWB})."
        )
    else:
        yield Paragraph(
            "U hoeft niets te doen. Wij stellen uw subsidie vast, en sturen u daarover een besluit."
        )


def _payment_notice(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Met besluit {facts.number} van {day(facts.since)} vroegen wij subsidie van u terug. Het "
        f"gaat om {_what(facts)}. U moest betalen uiterlijk op {day(facts.before)}. Daarvan staat "
        f"nog {euros(facts.cents)} open."
    )
    yield Paragraph(
        f"Betaal {euros(facts.cents)} uiterlijk op {day(facts.until)}. In het besluit staat naar "
        f"welke rekening. Zet bij uw betaling: {facts.number}."
    )
    yield Heading("Wat gebeurt er als u niet betaalt?")
    yield Paragraph(
        f"Dit is een aanmaning (artikel 4:112 {AWB}). Betaalt u niet op tijd? Dan kunnen wij het "
        "geld bij u laten innen met een dwangbevel (artikel 4:117 van de Awb). De kosten daarvan "
        "betaalt u. U betaalt ook wettelijke rente (artikel 4:98 van de Awb)."
    )
    yield Paragraph("Hebt u net betaald? Dan hoeft u niets te doen.")


def _last_term(facts: CaseFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Wij hebben u subsidie toegekend uit het fonds {facts.fund} voor uw actie "
        f"‘{facts.title}’. U moet ons laten zien wat u met het geld hebt gedaan. Dat kon tot en "
        f"met {day(facts.before)}. Wij kregen nog niets van u."
    )
    yield Paragraph(
        f"U krijgt een laatste termijn: stuur het ons uiterlijk op {day(facts.until)} (artikel "
        f"4:44, derde lid, {AWB}). Dat kan op de website, bij uw aanvraag {facts.application}. "
        "Daar staat ook wat u moet laten zien."
    )
    yield from _reason(facts)
    yield Heading("Wat gebeurt er als u niets stuurt?")
    yield Paragraph(
        "Dan kunnen wij het bedrag zelf vaststellen (artikel 4:44, vierde lid, en artikel 4:47, "
        "onder b, van de Awb). Dat kan lager zijn dan het bedrag dat wij u hebben toegekend "
        "(artikel 4:46, tweede lid, onder b, van de Awb). Dan moet u geld terugbetalen dat u te "
        "veel kreeg. Willen wij het bedrag lager vaststellen? Dan vragen wij u eerst wat u daarvan "
        "vindt (artikel 4:8 van de Awb). Wat u stuurt voordat wij besluiten, telt nog mee."
    )
    yield Heading("Lukt het niet?")
    yield Paragraph(
        f"Vraag ons dan voor die dag om meer tijd, {_on_paper(facts)}. Noem het kenmerk "
        f"{facts.number}. Tegen deze brief kunt u geen bezwaar maken (artikel 6:3 van de Awb). Dat "
        "kan wel tegen het besluit over het bedrag."
    )


_LETTERS: Mapping[str, tuple[str, Callable[[CaseFacts], Iterator[Block]]]] = {
    "views_extension": ("U hebt meer tijd om te reageren", _views_extension),
    "intention_end": ("Wij zijn niet meer van plan wat wij u schreven", _intention_end),
    "completion_question": ("Uw aanvraag is nog niet compleet", _completion_question),
    "term_extension": ("Wij hebben meer tijd nodig voor uw aanvraag", _term_extension),
    "proof_question": ("Laat ons zien dat u uw plan uitvoert", _proof_question),
    "proof_extension": ("U hebt meer tijd om te laten zien wat u deed", _proof_extension),
    "proof_finding": ("Wij bekeken of u uw plan hebt uitgevoerd", _proof_finding),
    "last_term": ("Laat ons zien wat u met het geld deed: uw laatste termijn", _last_term),
    "payment_notice": ("Aanmaning: u moet nog betalen", _payment_notice),
    **OF_OTHERS,
}
COURSES = frozenset(_LETTERS)
"""The kinds of letter that there are here."""
