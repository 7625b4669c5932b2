"""QR codes as drawings: black on white, in dark mode and on coloured paper too, as cameras need."""

from decimal import Decimal
from io import BytesIO

import segno
from markupsafe import Markup
from segno.helpers import make_epc_qr


def qr_svg(address: str) -> Markup:
    """The code as SVG to stand in a page; it has no size of its own."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(omitsize=True, dark="#000", light="#fff")
    return Markup(drawing)  # noqa: S704 (drawn here, of squares)


def qr_file(address: str) -> bytes:
    """The code as an SVG file without a margin: who places it keeps room free around it."""
    target = BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=0)
    return target.getvalue()


def transfer_svg(*, name: str, iban: str, cents: int, reference: str) -> Markup:
    """A transfer (eurocents) that apps of banks read, as the European Payments Council wrote down.

    ``reference`` is structured (ISO 11649).
    """
    amount = Decimal(cents).scaleb(-2)
    code = make_epc_qr(name=name, iban=iban, amount=amount, reference=reference)
    drawing = code.svg_inline(omitsize=True, dark="#000", light="#fff")
    return Markup(drawing)  # noqa: S704 (drawn here, of squares)
