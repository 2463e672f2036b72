"""Grading on other machines: what travels there, the process that grades there, and the scheduler that says where."""
