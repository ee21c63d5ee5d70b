"""The commands, declared once for filters, menus and tests."""

START, TASKS, CHECK, COUNTRY, HELP = "start", "tasks", "check", "country", "help"
INSTANCES, PEOPLE, GROUPS, INVITE, STATS = "instances", "people", "groups", "invite", "stats"
CHECKS = "checks"
"""For owners only."""
LANGUAGE = "language"
PRIVACY, EXPORT, FORGET = "privacy", "export", "forget"
SETTINGS = "settings"
"""For groups: everybody sees the settings, administrators change them."""

MENU = (CHECK, TASKS, COUNTRY, LANGUAGE, PRIVACY, HELP, START)
"""In the order of the menu; their texts are `command-<name>`."""
GROUP_MENU = (CHECK, TASKS, HELP)
ADMIN_MENU = (*GROUP_MENU, SETTINGS, COUNTRY)
ELSEWHERE = (PRIVACY, EXPORT, FORGET, INSTANCES, PEOPLE, GROUPS, INVITE, STATS, CHECKS)
"""What works in private chats only."""
OWNER_MENU = (*MENU, PEOPLE, GROUPS, INVITE, STATS, CHECKS, INSTANCES)
"""The menus of groups, of their administrators, and of each owner's chat with the bot."""
