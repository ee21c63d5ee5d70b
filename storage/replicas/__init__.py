"""Leases of replicas, and a survey of them."""
