"""Numbers of accounts and secrets to be read again stand in sealed columns, and nowhere plainly."""

from voorjebuurt.kernel.sealing import SealedText
from voorjebuurt.schema import metadata

KEEPS = ("iban", "sealed", "totp", "bank_account", "account_number")
"""What is part of the name of a column that must be sealed."""
PLAIN = {
    "fund_returns.iban_mask": "the first and last four characters, which pages show",
    "payees.iban": "of rows from before there were seals, empty once they are sealed",
    "payees.iban_mask": "the first and last four characters, which pages and mails show",
}


def test_a_column_with_the_number_of_an_account_is_sealed_or_has_a_reason() -> None:
    columns = {
        f"{table.name}.{column.name}": column.type
        for table in metadata.sorted_tables
        for column in table.columns
        if any(word in column.name for word in KEEPS)
    }
    plain = {name for name, kind in columns.items() if not isinstance(kind, SealedText)}
    assert plain == PLAIN.keys()
    assert columns.keys() - plain == {
        "bank_files.sealed_content",
        "fund_returns.sealed_iban",
        "payees.sealed_iban",
        "totp_factors.sealed_secret",
    }
