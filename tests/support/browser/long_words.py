"""Names, words and amounts as long as they may be, and what fills an address."""

from typing import Any

LONG_WORD = "Hottentottententententoonstellingsvergunningsaanvraag"


LONG_TITLE = f"Een {LONG_WORD} voor het Burgemeester Van Heemskerck-Duijvestijnplein"


LONG_NAME = "Wilhelmina Johanna van der Voort van Zijp-Oosterhuis tot Nijenrode"


LONG_EMAIL = "wilhelmina.johanna.van-der-voort-van-zijp@eenheellangedomeinnaam.voorbeeld.example"


MILLIONS = 1_000_000_000


Values = dict[str, Any]
