"""What the registry should learn: names in the texts that it does not list."""
