"""The near miss: a second chance for a campaign that almost has enough, and its donors' choices."""
