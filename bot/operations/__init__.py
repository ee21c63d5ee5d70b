"""The operator's commands besides `run`: doctor, backup, rekey, move."""
