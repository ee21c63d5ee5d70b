"""See DESIGN in docs/architecture.md."""
