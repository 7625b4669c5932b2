"""Who appoints whom: what a role gives, who may give and take it, and the register of mandates."""
