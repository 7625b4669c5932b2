"""Pages about the site itself: health, practice mailbox, style guide, sandbox."""
