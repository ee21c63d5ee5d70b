"""Written for people: sheets, workbooks, pictures."""
