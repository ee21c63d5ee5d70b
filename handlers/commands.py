"""The commands, declared once: filters, the menu and the tests all read them here."""

START, TASKS, CHECK, COUNTRY, HELP = "start", "tasks", "check", "country", "help"
INSTANCES = "instances"
"""For owners only, and not in the menu."""

MENU = (CHECK, TASKS, COUNTRY, HELP, START)
"""In the order the menu shows them; their texts are `command-<name>`."""
