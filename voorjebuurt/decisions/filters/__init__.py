"""Ways of looking at the work list that an officer keeps by name."""
