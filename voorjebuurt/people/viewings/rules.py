"""How often staff may look along with one person. Pure."""

from datetime import timedelta

VIEWINGS_A_DAY = 5
"""Each is a mail to the person; of all staff together."""
VIEWINGS_DAY = timedelta(days=1)
