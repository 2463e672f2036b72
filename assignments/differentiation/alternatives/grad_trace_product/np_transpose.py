"""np.transpose and a copy with a type hint."""


def grad_trace_product(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(np.transpose(B)).copy()
