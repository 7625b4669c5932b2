"""What officers and applicants look at: work lists, case files, and what is due."""
