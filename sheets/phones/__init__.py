"""One number at a time: E.164, countries, the numbering plan."""
