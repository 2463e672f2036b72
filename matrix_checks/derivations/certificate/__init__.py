"""The conditions that a false step meets before it is called false; a new one is a function and its row in certificate.py."""
