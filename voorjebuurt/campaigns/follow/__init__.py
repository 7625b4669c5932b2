"""Following a campaign, a neighbourhood or a theme with an address of mail that was confirmed."""
