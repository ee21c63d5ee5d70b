"""One kind of card a file: a message, made from what is stored and nothing else."""
