"""What a campaign gives its donors in return."""
