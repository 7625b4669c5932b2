"""Receipts of gifts as a file."""

from collections.abc import Sequence

from flask import Response, make_response

from voorjebuurt.kernel import clock
from voorjebuurt.pledges.gift_receipts.pdf import pdf_of
from voorjebuurt.pledges.gift_receipts.queries import OwnGift
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.words.gift_receipt_words import gift_receipts_content


def gift_receipts_answer(gifts: Sequence[OwnGift], *, year: int | None = None) -> Response:
    """A PDF to save: of one gift, or of all gifts of a year."""
    content = gift_receipts_content(
        gifts, year=year, operator=the_settings().operator, locale=chosen_locale()
    )
    answer = make_response(pdf_of(content, at=clock.now()))
    answer.mimetype = "application/pdf"
    name = f"giften-{year}.pdf" if year else f"betaalbewijs-{gifts[0].receipt}.pdf"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
