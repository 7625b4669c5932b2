"""What a language needs: texts with placeholders, nouns, names, and punctuation."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """One language. Every language has the same keys; ``nouns`` are singular and plural."""

    currency: str
    decimal_point: str
    thousands: str
    phrases: Mapping[str, str]
    nouns: Mapping[str, tuple[str, str]]
    words: Mapping[str, str]
    themes: Mapping[str, str]
    indicators: Mapping[str, str]
