"""A student's notebook runs in a process of its own, in a sandbox; nothing but numbers and text comes back.

``sandbox`` starts the warm parent, ``parent`` forks one child for each submission, ``child`` runs the student's cells and
functions, ``session`` is the trusted end of the line to one child. ``messages`` is what they say to each other.
"""
