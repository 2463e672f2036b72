"""The instructor's run: a class of submissions becomes marks, through nbgrader and its gradebook."""
