"""Key custody: an unbroken account of every key of a building taken over."""
