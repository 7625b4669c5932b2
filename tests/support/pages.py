"""Reading what a page says."""

import re
from typing import cast

from lxml.html import HtmlElement
from werkzeug.test import TestResponse


def words(response: TestResponse) -> str:
    """A page's text, without tags and double spaces."""
    assert response.status_code == 200, response.status_code
    page = response.get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main")]
    main = re.sub(r"</?(bdi|strong|small)>", "", main)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ")


def elements(tree: HtmlElement, path: str) -> list[HtmlElement]:
    """Those that an XPath expression for elements finds."""
    return cast("list[HtmlElement]", tree.xpath(path))
