"""In whose name a gift is, or for whom: a group or firm, somebody's memory, or a present."""
