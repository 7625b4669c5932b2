"""The bank file: valid, ours to the last id, and the same bytes for the same facts."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sepaxml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from voorjebuurt.payouts.pain001 import (
    SCHEMA,
    BankFileError,
    Debtor,
    Message,
    Transfer,
    plain,
    render,
)

NAMES = {"p": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}
XSD = etree.XMLSchema(file=str(Path(sepaxml.__file__).parent / "schemas" / f"{SCHEMA}.xsd"))

MESSAGE = Message(
    message_id="01A208C835837B5486E5D361D32D74A9",
    created_at=datetime(2026, 11, 20, 22, 59, 59, 123456, tzinfo=UTC),
    execute_on=date(2026, 11, 23),
    debtor=Debtor("Stichting Voor je Buurt", "NL02ABNA0123456789", "ABNANL2A"),
    transfers=(
        Transfer(
            "A" * 32, 90_000, "Buurtgroep Café Zuid & Co", "NL91ABNA0417164300", "Groen ☘ plein"
        ),
        Transfer("B" * 32, 5, "Stichting Łódź", "DE89370400440532013000", "Bankje"),
    ),
)


def texts(content: bytes, path: str) -> list[str | None]:
    return [node.text for node in etree.fromstring(content).iterfind(f".//{path}", NAMES)]


def test_the_file_is_valid_against_the_official_schema() -> None:
    XSD.assertValid(etree.fromstring(render(MESSAGE)))


def test_every_id_and_moment_is_ours() -> None:
    content = render(MESSAGE)
    assert texts(content, "p:MsgId") == [MESSAGE.message_id]
    assert texts(content, "p:PmtInfId") == [MESSAGE.message_id]
    assert texts(content, "p:EndToEndId") == ["A" * 32, "B" * 32]
    assert texts(content, "p:CreDtTm") == ["2026-11-20T23:59:59"]
    assert texts(content, "p:ReqdExctnDt/p:Dt") == ["2026-11-23"]


def test_amounts_and_totals_are_exact() -> None:
    content = render(MESSAGE)
    assert texts(content, "p:InstdAmt") == ["900.00", "0.05"]
    assert texts(content, "p:GrpHdr/p:CtrlSum") == ["900.05"]
    assert texts(content, "p:PmtInf/p:CtrlSum") == ["900.05"]
    assert texts(content, "p:GrpHdr/p:NbOfTxs") == ["2"]


def test_who_gets_what() -> None:
    content = render(MESSAGE)
    assert texts(content, "p:Cdtr/p:Nm") == ["Buurtgroep Cafe Zuid + Co", "Stichting Lodz"]
    assert texts(content, "p:CdtrAcct/p:Id/p:IBAN") == [
        "NL91ABNA0417164300",
        "DE89370400440532013000",
    ]
    assert texts(content, "p:DbtrAcct/p:Id/p:IBAN") == ["NL02ABNA0123456789"]
    assert texts(content, "p:BICFI") == ["ABNANL2A"]
    assert texts(content, "p:Ustrd") == ["Groen plein", "Bankje"]


def test_the_same_facts_give_the_same_bytes() -> None:
    first, second = render(MESSAGE), render(MESSAGE)
    assert first == second
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_a_file_that_would_be_refused_is_not_made() -> None:
    wrong = replace(MESSAGE.transfers[0], iban="not an account")
    with pytest.raises(BankFileError, match="not an account"):
        render(replace(MESSAGE, transfers=(wrong,)))


@given(st.text(max_size=200), st.text(max_size=300), st.integers(1, 10**9))
def test_whatever_people_write_the_file_is_valid(holder: str, title: str, cents: int) -> None:
    transfer = Transfer("C" * 32, cents, holder, "NL91ABNA0417164300", title)
    content = render(replace(MESSAGE, transfers=(transfer,)))
    XSD.assertValid(etree.fromstring(content))
    assert texts(content, "p:InstdAmt") == [f"{cents // 100}.{cents % 100:02}"]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Café « De Buurt »", "Cafe De Buurt"),
        ("a//b", "a/b"),
        ("/van/", "van"),
        ("x" * 80, "x" * 70),
        ("☘", ""),
        ("Tuin🌻zon", "Tuin zon"),
        ("Şükrü Łukasz Öztürk-Đinđić", "Sukru Lukasz Ozturk-Dindic"),
        ("Cafe\u0301 № 5", "Cafe No 5"),
        ("Γιώργος, Наталья & محمد", "Giorgos, Natal'ya + mhmd"),
        ("H°m; <b>_@ [a]", "Hdegm b a"),
        ("Wie doet mee?", "Wie doet mee?"),
    ],
)
def test_text_is_put_into_the_letters_of_banks(text: str, result: str) -> None:
    assert plain(text, 70) == result
