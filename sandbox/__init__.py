"""A pretend Telegram and pretend checker services over real HTTP, for the demo and the tests.

Start with `sandbox.world.World`. The servers speak the real protocols on 127.0.0.1 and refuse what
the real services refuse. Nothing here imports the bot.
"""
