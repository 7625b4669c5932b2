"""Views of applicants before a decision: asked, given, weighed (Awb 4:7–4:12)."""
