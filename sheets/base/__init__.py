"""All of `sheets` builds on this: tables, threads, the child process."""
