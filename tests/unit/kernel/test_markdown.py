"""Stories of people who never heard of Markdown: nothing dangerous, nothing lost by chance."""

import pytest

from voorjebuurt.kernel.markdown import story_html


@pytest.mark.parametrize(
    ("story", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("![x](https://example.org/x.png)", "<img"),
        ("[x](javascript:alert(1))", "href"),
        ("javascript://www.example.org", "javascript:</a>"),
        ('<a href="https://example.org" onclick="x()">x</a>', "<a "),
        ("<style>p{display:none}</style>", "<style"),
    ],
)
def test_a_story_lets_nothing_dangerous_through(story: str, never: str) -> None:
    html = story_html(story)
    assert never not in html.replace(' href="https://example.org" rel="nofollow ugc noopener"', "X")


def test_what_is_meant_is_shown() -> None:
    html = story_html("# Plan\n\nWe maken **groen**.\n\n- [pomp](https://example.org)\n  - en meer")
    assert "<h3>Plan</h3>" in html
    assert "<strong>groen</strong>" in html
    assert 'rel="nofollow ugc noopener"' in html
    assert html.count("<ul>") == 2


@pytest.mark.parametrize(
    ("story", "html"),
    [
        ("1986. Dat was een jaar.", "<p>1986. Dat was een jaar.</p>"),
        ("Eerst\n1986) en toen", "<p>Eerst<br>\n1986) en toen</p>"),
        ("> 1986. Toen", "<blockquote>\n<p>1986. Toen</p>\n</blockquote>"),
        ("3. drie\n4. vier", '<ol start="3">\n<li>drie</li>\n<li>vier</li>\n</ol>'),
        ("[Let op]: woensdag", "<p>[Let op]: woensdag</p>"),
        ("\tIngesprongen", "<p>Ingesprongen</p>"),
        ("Een\n\n    twee", "<p>Een</p>\n<p>twee</p>"),
        ("Groeten\n---\nJan", "<p>Groeten</p>\n<hr>\n<p>Jan</p>"),
    ],
)
def test_what_stands_there_by_chance_stays_as_it_is(story: str, html: str) -> None:
    assert story_html(story).strip() == html


@pytest.mark.parametrize(
    ("story", "href", "rest"),
    [
        ("Zie https://voorbeeld.nl.", "https://voorbeeld.nl", "</a>."),
        ("Zie (www.voorbeeld.nl/a_b_c)!", "https://www.voorbeeld.nl/a_b_c", "</a>)!"),
        ("http://voorbeeld.nl/(a)?b=c&d", "http://voorbeeld.nl/(a)?b=c&amp;d", "</a></p>"),
        ("**WWW.voorbeeld.nl**", "https://WWW.voorbeeld.nl", "</a></strong>"),
    ],
)
def test_a_plain_address_is_a_link(story: str, href: str, rest: str) -> None:
    html = story_html(story)
    assert f'<a href="{href}" rel="nofollow ugc noopener">' in html
    assert rest in html


@pytest.mark.parametrize(
    "story", ["www.a", "https://", "truus@www.voorbeeld.nl", "`www.voorbeeld.nl`", "awww.b.nl"]
)
def test_what_is_no_address_is_no_link(story: str) -> None:
    assert "<a" not in story_html(story)


def test_an_address_in_a_link_is_no_second_one() -> None:
    html = story_html("[zie www.voorbeeld.nl](https://example.org)")
    assert html.count("<a ") == 1
