"""The pictures of a campaign beside its cover, and the link to its video."""
