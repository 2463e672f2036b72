"""The mean is not subtracted from x in the x_hat term."""

DIAGNOSIS = "x / root stands where x_hat belongs: x is not centred"


def batch_norm_backward(x, grad_output, eps):
    root = np.sqrt(x.var(axis=0) + eps)
    normalized = x / root
    return (grad_output - grad_output.mean(axis=0) - normalized * (grad_output * normalized).mean(axis=0)) / root
