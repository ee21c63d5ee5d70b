"""What is remembered under digests: the answers of each task, and numbers never to be checked."""
