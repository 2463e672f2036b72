"""Expressions as trees of interned nodes, their free indices, their text in TeX; a new kind of expression begins in kinds.py."""
