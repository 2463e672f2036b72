"""Proof that the checks can be trusted: wrong solutions that must fail, right ones that must pass, and mutants made by rule.

For the people who write the course; nothing of it reaches a student.
"""
