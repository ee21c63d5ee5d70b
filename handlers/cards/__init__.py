"""One kind of card a file: a message built from stored rows and nothing else."""
