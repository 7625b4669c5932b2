"""A case as files for the archive, and its decision computed again and explained."""
