"""What a whole text says of its own letters and layout; a new habit is a room here and its line in judging/learning.py."""
