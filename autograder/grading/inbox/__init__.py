"""From anything handed in to the course's own notebook: find, open, repair, align, explain. What lies in ``submitted/`` stays as it is."""
