"""Letters of form 1, as they were sent: kept so that they come out the same for ever. Pure.

Nothing here is changed, not even what is wrong: a letter that was sent says what it said.
"""
