"""What is made of a graded class for people: questions that are chosen for each student."""
