"""Pages: their tags, their tables, and what stands in them without a table."""
