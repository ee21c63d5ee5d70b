"""Lists in: from a file or a paste to E.164 numbers. Files only, no network, nothing of ours."""
