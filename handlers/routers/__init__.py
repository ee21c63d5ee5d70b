"""One story a file: what people can say and tap. The order stands in `handlers/__init__.py`."""
