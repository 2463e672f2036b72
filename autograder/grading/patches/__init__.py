"""Where nbgrader's own code is changed from outside, for versions that are known."""
