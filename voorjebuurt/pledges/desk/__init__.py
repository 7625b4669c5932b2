"""A desk on a market or in a library: giving for somebody without internet or address of mail."""
