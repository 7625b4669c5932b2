"""Applications that were decided on, with the fund and the round that they were in."""
