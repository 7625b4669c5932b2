"""Files that people add to what they ask or give: taken, checked, scanned, and part of the case."""
