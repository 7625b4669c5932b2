"""An address of mail goes on after its @ and before its dots, and within no word."""

from markupsafe import Markup

from voorjebuurt.web.words.written import written_address


def test_an_address_may_break_at_its_dots_and_after_its_at_sign() -> None:
    text = written_address("jan.de.wit@gemeente-waterlanden.example")
    assert text == "jan<wbr>.de<wbr>.wit@<wbr>gemeente-waterlanden<wbr>.example"
    assert isinstance(text, Markup)
    assert Markup(text).striptags() == "jan.de.wit@gemeente-waterlanden.example"


def test_what_is_in_an_address_runs_nothing() -> None:
    assert "<b>" not in written_address("<b>x</b>@voorbeeld.example")
    assert written_address(None) == ""
