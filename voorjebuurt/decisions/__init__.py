"""Applications for match money: their clocks, decisions by two officers, letters, objections."""
