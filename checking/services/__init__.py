"""The services' clients: what each says on the wire, turned into our words and errors."""
