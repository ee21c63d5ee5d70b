"""What only makers of the project run."""
