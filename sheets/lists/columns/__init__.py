"""What each column of a table is: numbers, countries, or something else."""
