"""Results: fetched from the services, and looked into before they are passed on."""
