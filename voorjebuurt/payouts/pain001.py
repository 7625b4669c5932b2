"""A SEPA credit transfer file (ISO 20022 pain.001.001.09): the same facts give the same bytes.

Pure. ``sepaxml`` builds the document, but makes up its own message and batch ids and takes the
computer's time; those are set afterwards, and the result is held against the official schema.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import sepaxml
from lxml import etree

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.latin import in_latin

SCHEMA = "pain.001.001.09"
_NAMESPACE = {"p": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}
_ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
"""The Latin set of the EPC's implementation guidelines; banks refuse anything else."""


@dataclass(frozen=True)
class Debtor:
    """Whose account pays."""

    name: str
    iban: str
    bic: str


@dataclass(frozen=True)
class Transfer:
    """One payment, in eurocents."""

    end_to_end_id: str
    cents: int
    holder: str
    iban: str
    remittance: str


@dataclass(frozen=True)
class Message:
    """One file; ``created_at`` is a moment, shown to the bank on the clocks of Amsterdam."""

    message_id: str
    created_at: datetime
    execute_on: date
    debtor: Debtor
    transfers: tuple[Transfer, ...]


class BankFileError(Exception):
    """The file would not be valid; the message says where."""


def render(message: Message) -> bytes:
    """The file's bytes, valid against the schema. Raises ``BankFileError``."""
    document = etree.fromstring(_sepaxml(message), _parser())
    _set(document, "//p:GrpHdr/p:MsgId", message.message_id)
    created_at = clock.local(message.created_at).replace(tzinfo=None, microsecond=0)
    _set(document, "//p:GrpHdr/p:CreDtTm", created_at.isoformat())
    _set(document, "//p:PmtInf/p:PmtInfId", message.message_id)
    schema = _schema()
    if not schema.validate(document):
        raise BankFileError(str(schema.error_log))
    etree.indent(document)
    content: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return content


def plain(text: str, most: int) -> str:
    """``text`` in the letters that banks accept, at most ``most`` of them: Café → Cafe."""
    latin = "".join(map(in_latin, text.replace("&", "+")))
    letters = "".join(c if c in _ALLOWED else " " for c in latin)
    return " ".join(letters.replace("//", "/").split()).strip("/")[:most].strip()


def _sepaxml(message: Message) -> bytes:
    debtor = message.debtor
    config = {
        "name": plain(debtor.name, 70),
        "IBAN": debtor.iban,
        "BIC": debtor.bic,
        "batch": True,
        "currency": "EUR",
    }
    builder = sepaxml.SepaTransfer(config, schema=SCHEMA, clean=False)
    for transfer in message.transfers:
        builder.add_payment(
            {
                "name": plain(transfer.holder, 70) or "-",
                "IBAN": transfer.iban,
                "amount": transfer.cents,
                "execution_date": message.execute_on,
                "description": plain(transfer.remittance, 140) or transfer.end_to_end_id,
                "endtoend_id": transfer.end_to_end_id,
            }
        )
    content: bytes = builder.export(validate=False)
    return content


def _set(document: etree._Element, path: str, text: str) -> None:
    elements = document.xpath(path, namespaces=_NAMESPACE)
    if (
        not isinstance(elements, list)
        or len(elements) != 1
        or not isinstance(elements[0], etree._Element)
    ):
        raise BankFileError(f"expected one {path}")
    elements[0].text = text


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    file = Path(sepaxml.__file__).parent / "schemas" / f"{SCHEMA}.xsd"
    return etree.XMLSchema(etree.parse(file, _parser()))
