"""Mail: written in the transaction of the fact it tells of, sent by the worker."""
