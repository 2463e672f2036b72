"""Functions of programs that stand for products and constants; the rules that read them are in :mod:`programming`."""

# Functions of two arguments, by the sign between them; none for the inner product.
PRODUCTS = {"outer": "at", "kron": "otimes", "dot": "at", "matmul": "at", "multiply": "odot", "vdot": "", "inner": ""}
MADE = {"eye": "I", "ones": "\\ones"}
