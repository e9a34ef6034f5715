"""What runs in the process that parses a file: Python's own library, and of the house only texts and faults."""
