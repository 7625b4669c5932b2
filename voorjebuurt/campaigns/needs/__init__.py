"""What a campaign needs beside money, and what people offer of it."""
