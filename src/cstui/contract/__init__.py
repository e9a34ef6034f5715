"""What an area may say to the host: declarations, records, inputs, context, errors, hooks."""
