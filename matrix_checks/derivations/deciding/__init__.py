"""Whether one equality of a text is true: as it stands, by its named parts, in a case that its text speaks of, or with computed numbers."""
