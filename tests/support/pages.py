"""Reading what a page says."""

import re


def words(response) -> str:
    """A page's text, without tags and double spaces."""
    assert response.status_code == 200, response.status_code
    page = response.get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main")]
    main = re.sub(r"</?(bdi|strong|small)>", "", main)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ")
