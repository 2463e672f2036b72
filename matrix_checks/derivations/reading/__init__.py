"""From a write-up's text to formulas, and from a formula to an expression; grammar.py says where a new notation is added."""
