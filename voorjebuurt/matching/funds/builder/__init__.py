"""Between a form of choices and a ruleset of ``matchregel/1``. Pure."""
