"""What decides whether an answer is right: calling, comparing, explaining and scoring.

Nothing here prints or draws; ``matrix_checks.notebook`` does that.
"""
