"""By einsum."""


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    hidden = x @ weight_1 + bias_1
    back = grad_output @ weight_2.T
    return (
        np.einsum("ij,kj,lk->il", grad_output, weight_2, weight_1),
        np.einsum("il,ij,kj->lk", x, grad_output, weight_2),
        np.einsum("ij,kj->k", grad_output, weight_2),
        np.einsum("ik,ij->kj", hidden, grad_output),
        np.einsum("ij->j", grad_output),
    )
