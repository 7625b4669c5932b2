"""How a public campaign gets seen: its short address, what is printed of it, what others show."""
