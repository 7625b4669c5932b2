"""Who did what and why, in the same transaction; and what needs a person's eye."""
