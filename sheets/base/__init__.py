"""Shared by all of `sheets`: tables, threads, the child process."""
