"""The pages that show notebooks without a network: formulas typeset, and nothing of a stranger's that is live."""
