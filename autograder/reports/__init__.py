"""What is made of a graded class for people, and what people give back: questions that are chosen for each student, and marks."""
