"""Live funds: match set apart gift by gift, shown before and after giving."""
