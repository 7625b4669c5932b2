"""A municipality's own words: in whose name its letters speak, their head, and their free parts.

``wording`` and ``rules`` are pure; ``service`` writes versions, of which the latest that a second
person approved counts. Letters keep the words that they were made with in their snapshot.
"""
