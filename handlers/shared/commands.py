"""The commands, declared once: filters, the menu and the tests all read them here."""

START, TASKS, CHECK, COUNTRY, HELP = "start", "tasks", "check", "country", "help"
INSTANCES, PEOPLE, INVITE, STATS = "instances", "people", "invite", "stats"
"""For owners only."""
LANGUAGE = "language"
PRIVACY, EXPORT, FORGET = "privacy", "export", "forget"
SETTINGS = "settings"
"""For groups: shown to everybody there, changed by their administrators."""

MENU = (CHECK, TASKS, COUNTRY, LANGUAGE, PRIVACY, HELP, START)
"""In the order the menu shows them; their texts are `command-<name>`."""
GROUP_MENU = (CHECK, TASKS, HELP)
ADMIN_MENU = (*GROUP_MENU, SETTINGS, COUNTRY)
OWNER_MENU = (*MENU, PEOPLE, INVITE, STATS, INSTANCES)
"""The same for groups, for their administrators, and for each owner's chat with the bot."""
