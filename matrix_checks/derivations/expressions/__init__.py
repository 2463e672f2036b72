"""Expressions as trees of interned nodes, their free indices, and their text in TeX."""
