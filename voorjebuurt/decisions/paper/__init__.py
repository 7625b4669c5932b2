"""What came on paper (Awb 2:13, 4:1): an officer registers it for who sent it, as if online."""
