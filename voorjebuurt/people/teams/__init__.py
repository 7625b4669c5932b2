"""Teams of a municipality's officers, who share cases."""
