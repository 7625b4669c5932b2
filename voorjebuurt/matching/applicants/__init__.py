"""Who applies: name and form in law, where letters go, who signs, and state aid that was had."""
