"""The gifts of a campaign as its initiators see them: names only as donors allow, no addresses."""
