"""Taking away who gifts were from: at their own wish, or after a term. The books keep the gift."""
