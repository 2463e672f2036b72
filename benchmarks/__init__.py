"""Measurements, as ratios against a peer in the same run. No test asserts on them."""
