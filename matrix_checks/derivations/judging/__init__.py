"""Whether each step of a write-up holds under some interpretation, why not, and the report on it."""
