"""The autograder of the matrix-derivatives course.

Imports flow one way: ``checks`` <- ``notebook`` travel beside the students' notebooks; ``course`` (the build) and ``grading``
(the instructor's run) stand above them and never reach a student.
"""
