"""What the words and signs around a formula say of it; a new language is a column in the tables of words.py and its neighbours."""
