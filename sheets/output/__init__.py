"""Output for people: sheets, workbooks, pictures."""
