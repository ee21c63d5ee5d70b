"""The program: command line, settings, composition root, intake of updates, health."""
