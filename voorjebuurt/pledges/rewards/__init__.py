"""Which donor gets which reward: chosen, held while paying, given, delivered."""
