"""What rules read of an application: its gifts, and everything else as it was kept."""
