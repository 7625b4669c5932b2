"""Which passwords are too easy to guess: common ones, patterns, and a person's own data. Pure."""

import re

from zxcvbn import zxcvbn

STRONG_ENOUGH = 3
"""Of zxcvbn's 0 to 4: more than a hundred million guesses."""
SITE_WORDS = ("voorjebuurt", "buurt", "gemeente", "wijk", "crowdfunding", "inloggen", "wachtwoord")
"""What people here would think of first: as easy to guess as their own name (ASVS 5, 6.1.2)."""
_LOOKED_AT = 72
"""So many characters are looked at; what is longer can only be harder to guess."""


def is_guessable(password: str, *, own_words: tuple[str, ...]) -> bool:
    """Whether somebody would find the password by trying what people often choose.

    ``own_words``: what the site knows of the person, such as their name and address of mail. Lists
    and estimate are those of zxcvbn (Wheeler, USENIX Security 2016).
    """
    parts = [
        part
        for word in (*SITE_WORDS, *own_words)
        for part in [word, *re.split(r"\W+", word)]
        if part
    ]
    estimate = zxcvbn(password[:_LOOKED_AT], user_inputs=parts)
    return int(estimate["score"]) < STRONG_ENOUGH
