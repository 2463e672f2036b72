"""The autograder of the matrix-derivatives course; :mod:`matrix_checks` is what travels to students.

Imports flow one way: ``derivatives`` knows the right answers; ``course`` builds; ``sandbox`` runs student code; ``pages`` makes pages; ``grading``
grades a class.
"""
