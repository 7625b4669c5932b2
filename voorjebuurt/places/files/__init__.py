"""Official files about areas, read as they are. Pure: streams in, records out, no database.

Each reader takes a file row by row and raises ``FileFaultError`` at the first thing that can't
be right, with the line and with what was expected there.
"""
