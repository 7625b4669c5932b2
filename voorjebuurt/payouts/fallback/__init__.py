"""Taking a success back when it lost its minimum."""
