"""Questions that anybody asks about a campaign, and their answers, for everybody to read."""
