"""An expression as its text means it: what names, marks and labels in it stand for, before anything is decided; as_said.py is the door."""
