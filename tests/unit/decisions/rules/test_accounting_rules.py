"""When initiators are asked to account, and which files are receipts."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.decisions.accounting.receipts import shown_name, store_receipt
from voorjebuurt.decisions.rules.accounting import accounting_due, asking_turn
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.legal_days import is_free
from voorjebuurt.kernel.storage import FolderStorage

DAY = date(2026, 6, 1)


@given(on=st.dates(date(2020, 1, 1), date(2090, 1, 1)), later=st.integers(0, 400))
def test_asking_goes_on_and_the_day_is_a_working_day(on: date, later: int) -> None:
    assert not is_free(accounting_due(on))
    today = on + timedelta(days=later)
    turn = asking_turn(on, today)
    assert 0 <= turn <= 3
    assert turn <= asking_turn(on, today + timedelta(days=1))


@pytest.mark.parametrize(("weeks", "turn"), [(0, 0), (21, 0), (22, 1), (26, 2), (30, 3), (99, 3)])
def test_the_turns_of_asking(weeks: int, turn: int) -> None:
    assert asking_turn(DAY, DAY + timedelta(weeks=weeks)) == turn


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "receipt_empty"),
        (b"%PDF-" + b"x" * 100, "receipt_too_large"),
        (b"<script>", "receipt_format"),
        (b"MZ\x90\x00", "receipt_format"),
    ],
)
def test_what_is_no_receipt(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as error:
        store_receipt(FolderStorage(tmp_path), data, filename="bon.pdf", max_bytes=50)
    assert (error.value.code, error.value.field) == (code, "receipts")


def test_a_receipt_is_what_its_bytes_say(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    data = b"\x89PNG\r\n\x1a\n..."
    receipt = store_receipt(storage, data, filename=r"C:\bonnen\hout.pdf", max_bytes=50)
    assert receipt["name"] == "hout.png"
    assert receipt["key"].endswith(".png")
    assert storage.get(receipt["key"]) == data
    again = store_receipt(storage, data, filename="kopie.png", max_bytes=50)
    assert again["key"] == receipt["key"]


@pytest.mark.parametrize(
    ("filename", "name"),
    [("../../etc/passwd", "passwd.pdf"), ("", "bon.pdf"), ("a\x00\n.pdf", "a.pdf")],
)
def test_a_name_is_only_a_name(filename: str, name: str) -> None:
    assert shown_name(filename, "pdf") == name
    assert len(shown_name("x" * 500, "pdf")) <= 120
