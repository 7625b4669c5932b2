"""What an initiator writes to thank all donors, or one: mailed by the site, addresses unseen."""
