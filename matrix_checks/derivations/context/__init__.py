"""What a text has said so far and what an equality adds to that: names, shapes, cases; context.py is handed down to all later rooms."""
