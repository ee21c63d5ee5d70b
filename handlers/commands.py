"""The commands, declared once: filters, the menu and the tests all read them here."""

START, TASKS, HELP = "start", "tasks", "help"

MENU = (TASKS, HELP, START)
"""In the order the menu shows them; their texts are `command-<name>`."""
