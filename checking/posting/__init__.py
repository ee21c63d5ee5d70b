"""The paid POST of a list, and the last look before it leaves."""
