"""The second step of signing in: codes of an app, and codes kept on paper for when it is lost."""
