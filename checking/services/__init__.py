"""Clients of the services, which translate their protocols into our types and errors."""
