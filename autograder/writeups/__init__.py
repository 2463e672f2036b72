"""Derivations read step by step: each equality of a write-up is evaluated with random numbers."""
