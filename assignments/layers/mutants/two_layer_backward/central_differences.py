"""Central differences in the place of the formulas."""

DIAGNOSIS = "as with a finite difference"


def two_layer_backward(x, weight_1, bias_1, weight_2, bias_2, grad_output):
    arrays = [x, weight_1, bias_1, weight_2, bias_2]
    gradients = []
    for n in range(5):
        gradient = np.zeros(arrays[n].shape)
        for index in np.ndindex(gradient.shape):
            ahead = [np.array(array, dtype=float) for array in arrays]
            behind = [np.array(array, dtype=float) for array in arrays]
            ahead[n][index] += 1.0
            behind[n][index] -= 1.0
            above = (((ahead[0] @ ahead[1] + ahead[2]) @ ahead[3] + ahead[4]) * grad_output).sum()
            below = (((behind[0] @ behind[1] + behind[2]) @ behind[3] + behind[4]) * grad_output).sum()
            gradient[index] = (above - below) / 2
        gradients.append(gradient.astype(np.result_type(x, np.float32)))
    return tuple(gradients)
