"""How the numbers of a whole list are written, and in which country."""
