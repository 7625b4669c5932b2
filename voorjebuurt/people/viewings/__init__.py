"""Staff who look at the site as a resident sees it, for some minutes, and change nothing."""
