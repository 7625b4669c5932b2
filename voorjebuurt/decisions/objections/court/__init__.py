"""After or beside a decision on an objection: the court, and the penalty for a late one."""
