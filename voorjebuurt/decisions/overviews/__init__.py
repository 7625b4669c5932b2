"""What officers and applicants look at across all rooms: work lists and case files."""
