"""Single lookups at rest."""
