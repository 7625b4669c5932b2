"""Match money from set apart to owed: pots, moves, and what municipalities pay."""
