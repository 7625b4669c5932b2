"""What questions of strangers have in common: an address that is confirmed by a mailed link."""
