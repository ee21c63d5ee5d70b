"""The program: command line, settings, wiring, the intake of updates, health."""
