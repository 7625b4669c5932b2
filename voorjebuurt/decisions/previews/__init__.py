"""Letters shown with words that don't count yet: of a sample case, or of a case that there was."""
