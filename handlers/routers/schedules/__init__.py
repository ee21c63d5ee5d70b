"""The conversation about schedules: their buttons, and the file that one asks for."""
