"""What accounts and checks of the ledger are called, in the language of who reads it."""

from voorjebuurt.kernel.catalogues import catalogue


def account_name(code: str, language: str) -> str:
    """An account's name: of ``held:<id>`` that of ``held``; an unknown code as it is."""
    return catalogue(language).texts.get(("ledger account", code.partition(":")[0]), (code,))[0]


def account_name_and_code(code: str, language: str) -> str:
    """``Held for campaigns (held:…)``: the name first, the code for who looks it up."""
    name = account_name(code, language)
    return code if name == code else f"{name} ({code})"


def check_name(name: str, language: str) -> str:
    """What a check of the books is called; an unknown one as it is."""
    return catalogue(language).name("check", name)
