"""How texts of each language name the rungs of certainty of money."""

import re

RUNGS = {
    "reserved": (r"\breserv", r"\w*reserv\w*"),
    "granted": (r"\b(grant|award)", r"toege?kend?\w*|toekenn?\w*|kende\b.*\btoe"),
    "determined": (r"\b(determin|final amount)", r"vastgesteld|vaststell\w*|stelt?\b.*\bvast"),
}
"""By rung: how English texts name it, and how Dutch texts do."""

PLACEHOLDER = re.compile(r"%\(\w+\)s")
"""Where a value comes: its name says nothing of money."""
