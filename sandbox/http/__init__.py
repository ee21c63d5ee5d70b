"""Servers, faults and clocks of the sandbox."""
