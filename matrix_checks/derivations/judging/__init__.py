"""A whole write-up, from its first line to the report: learning, chain by chain, the answers, and how all of it is shown."""
