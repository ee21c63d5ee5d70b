"""The commands, declared once: filters, the menu and the tests all read them here."""

START, TASKS, CHECK, HELP = "start", "tasks", "check", "help"
INSTANCES = "instances"
"""For owners only, and not in the menu."""

MENU = (CHECK, TASKS, HELP, START)
"""In the order the menu shows them; their texts are `command-<name>`."""
