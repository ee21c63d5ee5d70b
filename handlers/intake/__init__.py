"""From a message to a list that is ready: parts are taken, fetched and read."""
