"""Whether two expressions are equal under some admissible interpretation; it knows the samples, and nothing of the rest of the text."""
