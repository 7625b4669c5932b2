"""The municipality in its letters: head, body, signer, contact, court and its free parts. Pure.

Own words where it has them (``ownwords``), as the snapshot keeps them; else what the fund has.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from voorjebuurt.decisions.letters.announcement import FUNCTION
from voorjebuurt.decisions.letters.content import Block, Heading, Paragraph
from voorjebuurt.ownwords.rules import Body, LetterFamily
from voorjebuurt.ownwords.wording import Wording, from_json

UNSIGNED = "Deze brief is digitaal gemaakt. Daarom staat er geen handtekening onder."
_KINDS = {
    "award": LetterFamily.AWARD,
    "partial_award": LetterFamily.AWARD,
    "refusal": LetterFamily.REFUSAL,
    "determination": LetterFamily.DETERMINATION,
    "lower_determination": LetterFamily.DETERMINATION,
    "withdrawal": LetterFamily.WITHDRAWAL,
    "clawback": LetterFamily.CLAWBACK,
    "interest": LetterFamily.CLAWBACK,
    "interest_owed": LetterFamily.AWARD,
    "plan_change": LetterFamily.AWARD,
    "plan_refusal": LetterFamily.REFUSAL,
    "award_change": LetterFamily.AWARD,
    "determination_change": LetterFamily.DETERMINATION,
    "ruling": LetterFamily.RULING,
    "notice": LetterFamily.NOTICE,
    "penalty": LetterFamily.PENALTY,
}
"""Kinds of decision, and of other letters, by whose free parts they have."""


class Signature(NamedTuple):
    """Who stands below a letter."""

    name: str
    function: str


@dataclass(frozen=True)
class House:
    """What letters say of who sends them. ``sender`` and ``objections_to`` are those of the fund,
    for a municipality without own words.
    """

    place: str
    own: Wording
    sender: str = ""
    objections_to: str = ""

    @property
    def name(self) -> str:
        """Whose letter it is."""
        return self.own.organisation or f"Gemeente {self.place}"

    @property
    def reached(self) -> str:
        """Whom to get in touch with, inside a sentence."""
        return self.own.organisation or f"de gemeente {self.place}"

    @property
    def body(self) -> str:
        """The body that decides (Awb 10:10)."""
        usual = f"het college van burgemeester en wethouders van {self.place}"
        return usual if self.own.body == Body.COLLEGE else self.own.body_name or usual

    @property
    def in_whose_name(self) -> str:
        """Who decided: under mandate (10:10), by delegation (10:19), or the board itself."""
        if self.own.body == Body.BOARD:
            return f"Dit besluit is genomen door {self.body}."
        text = f"Wij hebben dit besloten namens {self.body}."
        if self.own.body == Body.DELEGATED and self.own.delegation:
            basis = self.own.delegation.rstrip(".")
            text += (
                f" Die bevoegdheid is aan {self.body} overgedragen: {basis} (artikel 10:19 van de "
                "Algemene wet bestuursrecht, de Awb)."
            )
        return text

    @property
    def rules_in_whose_name(self) -> str:
        """The same in a decision on an objection."""
        if self.own.body == Body.BOARD:
            return f"Deze beslissing is genomen door {self.body}."
        return f"Wij beslissen dit namens {self.body}."

    @property
    def greeting(self) -> tuple[str, str]:
        """The two lines above the name of who signs."""
        name = self.body if self.own.body == Body.BOARD else f"namens {self.body}"
        return ("Met vriendelijke groet,", f"{name},")

    @property
    def head(self) -> tuple[str, ...]:
        """The lines under the name in the letterhead."""
        lines = lines_of(self.own.sender or self.sender)
        is_repeated = lines and lines[0].casefold() == self.name.casefold()
        return lines[1:] if is_repeated else lines

    @property
    def address(self) -> tuple[str, ...]:
        """Where to write to."""
        return (self.name, *self.head)

    @property
    def objection_address(self) -> tuple[str, ...]:
        """Where an objection on paper goes."""
        return lines_of(self.own.objection_address or self.objections_to) or self.address

    @property
    def court(self) -> str:
        """The district court of the seat of who decided (Awb 8:7)."""
        if self.own.court:
            return f"de rechtbank {self.own.court}"
        return f"de rechtbank van het gebied waarin {self.place} ligt"

    def signature(self, approver: str) -> Signature:
        """The name and function below a letter: of who approved it, unless another one signs."""
        return Signature(self.own.signer_name or approver, self.own.signer_function or FUNCTION)

    def opening(self, kind: str) -> Iterator[Block]:
        """The municipality's own first words in letters of this kind."""
        yield from _paragraphs(self._part(kind, "opening"))

    def explanation(self, kind: str) -> Iterator[Block]:
        """Its own explanation, under a heading that tells it from the decision."""
        text = self._part(kind, "explanation")
        if text:
            yield Heading("Meer uitleg")
            yield from _paragraphs(text)

    def contact(self, number: str, *, about: str = "", objection: bool = False) -> Iterator[Block]:
        """How to ask a question; calling first often takes the place of an objection."""
        own = self.own
        ways = [own.contact_name] if own.contact_name else []
        ways += [f"telefoon {own.contact_phone}"] if own.contact_phone else []
        ways += [f"e-mail {own.contact_email}"] if own.contact_email else []
        yield Heading("Hebt u vragen?")
        if own.contact_phone or own.contact_email:
            call = "Bel ons gerust eerst" if own.contact_phone else "Mail ons gerust eerst"
            text = f"{call}{about}: {', '.join(ways)}. Noem het kenmerk {number}."
            if objection:
                text += " De laatste dag om bezwaar te maken verandert daardoor niet."
            yield Paragraph(text)
            return
        where = "Onze gegevens staan boven aan deze brief. " if len(self.head) > 1 else ""
        yield Paragraph(
            f"Neem gerust contact op met {self.reached}{about}. {where}Noem het kenmerk {number}."
        )

    def ending(self, kind: str) -> Iterator[Block]:
        """The municipality's own last words."""
        yield from _paragraphs(self._part(kind, "ending"))

    def _part(self, kind: str, place: str) -> str:
        letter_kind = _KINDS.get(kind)
        return self.own.part(letter_kind, place) if letter_kind else ""


def house_of(
    place: str, words: Mapping[str, Any] | None, *, sender: str = "", objections_to: str = ""
) -> House:
    """The municipality of a snapshot. ``words`` are what it keeps of own words, if any."""
    own = from_json(words) if words else Wording()
    return House(place, own, sender, objections_to)


def lines_of(text: str) -> tuple[str, ...]:
    """An address as lines, without empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        if paragraph.strip():
            yield Paragraph(paragraph.strip("\n"))
