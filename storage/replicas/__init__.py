"""Replicas: their leases and claims, and a survey of them."""
