"""Questions that anybody asks about a fund: an officer answers by a day, for everybody to read."""
