"""What a check costs: before it, by its price, and after it, in the service's own words."""
