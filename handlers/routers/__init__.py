"""One router a file, for one story: its messages and buttons. `handlers` sets their order."""
