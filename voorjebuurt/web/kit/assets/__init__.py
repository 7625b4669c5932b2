"""Style sheets, themes and static files with hashed names."""
