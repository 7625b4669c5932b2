"""The words on the checkout page, in the payer's language."""

from voorjebuurt.kernel.money import to_provider

DUTCH = {
    "lang": "nl",
    "title": "Betalen",
    "banner": "Betaalsandbox – er wordt niets afgeschreven",
    "banner_more": "Dit is een proefpagina. U kunt hier alles proberen.",
    "to": "Betalen aan",
    "for": "Voor",
    "amount": "Bedrag",
    "number": "Betaalnummer",
    "how": "Hoe wilt u betalen?",
    "bank": "Uw bank",
    "account": "Uw rekening (dezelfde rekening is dezelfde gever)",
    "pay": "Betaal %s",
    "other": "Of kies een andere afloop",
    "other_help": "Zo ziet u wat er gebeurt als een betaling niet meteen lukt.",
    "failed_do": "Laat mislukken",
    "canceled_do": "Annuleer",
    "expired_do": "Laat verlopen",
    "pending_do": "Laat nog even duren",
    "status": "Stand",
    "paid": "Betaald",
    "failed": "Mislukt",
    "canceled": "Geannuleerd",
    "expired": "Verlopen",
    "pending": "In behandeling",
    "open": "Open",
    "paid_text": "Deze betaling is gelukt. U hoeft niets meer te doen.",
    "failed_text": "Deze betaling is mislukt. Er is niets betaald.",
    "canceled_text": "Deze betaling is geannuleerd. Er is niets betaald.",
    "expired_text": "De tijd om te betalen is voorbij. Er is niets betaald.",
    "pending_text": "De bank is nog bezig met deze betaling. Dat kan even duren.",
    "back": "Terug naar %s",
    "missing": "Deze betaling bestaat niet",
    "missing_text": "Klopt het adres? Ga terug naar de site en begin daar opnieuw.",
}
ENGLISH = {
    "lang": "en",
    "title": "Pay",
    "banner": "Payment sandbox – no money is taken",
    "banner_more": "This is a test page. Feel free to try everything.",
    "to": "Pay to",
    "for": "For",
    "amount": "Amount",
    "number": "Payment number",
    "how": "How would you like to pay?",
    "bank": "Your bank",
    "account": "Your account (the same account is the same donor)",
    "pay": "Pay %s",
    "other": "Or choose another outcome",
    "other_help": "See what happens when a payment does not succeed at once.",
    "failed_do": "Let it fail",
    "canceled_do": "Cancel",
    "expired_do": "Let it expire",
    "pending_do": "Let it take longer",
    "status": "Status",
    "paid": "Paid",
    "failed": "Failed",
    "canceled": "Canceled",
    "expired": "Expired",
    "pending": "Pending",
    "open": "Open",
    "paid_text": "This payment succeeded. There is nothing more to do.",
    "failed_text": "This payment failed. Nothing was paid.",
    "canceled_text": "This payment was canceled. Nothing was paid.",
    "expired_text": "The time to pay is over. Nothing was paid.",
    "pending_text": "The bank is still working on this payment. That may take a while.",
    "back": "Back to %s",
    "missing": "This payment does not exist",
    "missing_text": "Is the address right? Go back to the site and start again there.",
}
REFUND_NAMES = {
    "queued": "wacht op saldo",
    "pending": "ingediend",
    "processing": "onderweg",
    "refunded": "terugbetaald",
    "failed": "mislukt",
    "canceled": "geannuleerd",
}


def texts_for(locale: str | None) -> dict[str, str]:
    """The words for a payment's locale (``en_GB``); Dutch when there is none."""
    return ENGLISH if locale and not locale.startswith("nl") else DUTCH


def euros(cents: int, locale: str | None = None) -> str:
    """``€ 1.250,00``, or ``€1,250.00`` in English."""
    whole, _, part = to_provider(cents).partition(".")
    digits = f"{int(whole):,}"
    if texts_for(locale) is ENGLISH:
        return f"€{digits}.{part}"
    return f"€\u00a0{digits.replace(',', '.')},{part}"
