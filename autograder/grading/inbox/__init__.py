"""What students hand in: found, opened, repaired and aligned with the instructor's notebook before it is graded."""
