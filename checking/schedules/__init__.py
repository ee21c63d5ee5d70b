"""Schedules: lists that begin anew by themselves."""
