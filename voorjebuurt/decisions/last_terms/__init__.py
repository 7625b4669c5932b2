"""A last term to account for money of which no account came (Awb 4:44, third and fourth)."""
