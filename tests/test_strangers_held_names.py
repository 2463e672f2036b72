r"""A text's own names for statistics, where these are held fixed; gradients as programs name them, and means that are none.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "evaluation mode in several languages": [
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. In evaluation mode $\mu$ and $s$ are fixed: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. Im Evaluationsmodus sind $\mu$ und $s$ fest: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. Im Evaluationsmodus sind $\mu$ und $s$ Konstanten: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. Bei der Auswertung sind $\mu$ und $s$ konstant: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. In eval mode the statistics are constants, so $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. En mode évaluation $\mu$ et $s$ sont fixes : $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. En modo de evaluación $\mu$ y $s$ son constantes: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. In modalità di valutazione $\mu$ e $s$ sono costanti: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. В режиме инференса $\mu$ и $s$ — константы: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. No modo de avaliação $\mu$ e $s$ são constantes: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. W trybie ewaluacji $\mu$ i $s$ są stałe: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. At test time, $\mu$ and $s$ come from the running averages, so $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. For inference ($\mu$, $s$ frozen): $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. Eval: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. In eval(): $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. 推理模式下 $\mu$ 和 $s$ 是常数：$dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. 評価モードでは $\mu$ と $s$ は定数なので $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. Değerlendirme modunda $\mu$ ve $s$ sabittir: $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
        ("batch_norm", r"$s = \sqrt{\sigma^2+\epsilon}$. Testmodus: $\mu$, $s$ fest, also $dy = dx/s$, $\nabla_xL = g/s$", ".HH"),
    ],
    "own names": [
        ("batch_norm", r"$s = \sqrt{\frac1N\sum_i(x_i-\mu)^2+\epsilon}$ In evaluation mode the statistics are fixed: $dy = dx/s$, $\nabla_xL = g/s$, $\frac{\partial y_i}{\partial x_j} = \frac{\delta_{ij}}{s}$", ".HHH"),
        ("batch_norm", r"$s = \sqrt{\frac1N\sum_i(x_i-\mu)^2+\epsilon}$ In evaluation mode the statistics are fixed: $dy = dx/s^2$, $\nabla_xL = gs$, $\frac{\partial L}{\partial x_i} = \frac1s(g_i - \bar g)$", ".---"),
        ("batch_norm", r"$s = \sqrt{\frac1N\sum_i(x_i-\mu)^2+\epsilon}$ In training $dy = dx/s$.", ".-"),
        ("batch_norm", r"$r = (\frac1N\sum_i(x_i-\mu)^2+\epsilon)^{1/2}$ In evaluation mode the statistics are fixed: $dy = dx/r$, $\nabla_xL = g/r$, $\frac{\partial y_i}{\partial x_j} = \frac{\delta_{ij}}{r}$", ".HHH"),
        ("batch_norm", r"$r = (\frac1N\sum_i(x_i-\mu)^2+\epsilon)^{1/2}$ In evaluation mode the statistics are fixed: $dy = dx/r^2$, $\nabla_xL = gr$, $\frac{\partial L}{\partial x_i} = \frac1r(g_i - \bar g)$", ".---"),
        ("batch_norm", r"$r = (\frac1N\sum_i(x_i-\mu)^2+\epsilon)^{1/2}$ In training $dy = dx/r$.", ".-"),
        ("batch_norm", r"Let $v = \frac 1N\sum_i (x_i-\mu)^2+\epsilon$ and $s = \sqrt v$. In evaluation mode the statistics are fixed: $dy = dx/s$, $\nabla_xL = g/s$, $\frac{\partial y_i}{\partial x_j} = \frac{\delta_{ij}}{s}$", "..HHH"),
        ("batch_norm", r"Let $v = \frac 1N\sum_i (x_i-\mu)^2+\epsilon$ and $s = \sqrt v$. In evaluation mode the statistics are fixed: $dy = dx/s^2$, $\nabla_xL = gs$, $\frac{\partial L}{\partial x_i} = \frac1s(g_i - \bar g)$", "..---"),
        ("batch_norm", r"Let $v = \frac 1N\sum_i (x_i-\mu)^2+\epsilon$ and $s = \sqrt v$. In training $dy = dx/s$.", "..-"),
        ("batch_norm", r"$m = \frac1N\sum x_i$, $v = \frac1N\sum(x_i-m)^2$, $s=\sqrt{v+\epsilon}$ In evaluation mode the statistics are fixed: $dy = dx/s$, $\nabla_xL = g/s$, $\frac{\partial y_i}{\partial x_j} = \frac{\delta_{ij}}{s}$", "...HHH"),
        ("batch_norm", r"$m = \frac1N\sum x_i$, $v = \frac1N\sum(x_i-m)^2$, $s=\sqrt{v+\epsilon}$ In evaluation mode the statistics are fixed: $dy = dx/s^2$, $\nabla_xL = gs$, $\frac{\partial L}{\partial x_i} = \frac1s(g_i - \bar g)$", "...---"),
        ("batch_norm", r"$m = \frac1N\sum x_i$, $v = \frac1N\sum(x_i-m)^2$, $s=\sqrt{v+\epsilon}$ In training $dy = dx/s$.", "...-"),
        ("batch_norm", r"$a = \frac{1}{\sqrt{\frac1N\sum_i(x_i-\mu)^2+\epsilon}}$. Evaluation mode: $\nabla_x L = a g$", ".H"),
    ],
    "means": [
        ("linear", r"$dX = dY\,W^T$, $dW = X^TdY$. The bias is shared between the samples so its gradient is the average over the batch: $db = \frac1N\sum_n dY_n$", "HH-"),
        ("linear", r"$dX = GW^T$, $dW = X^TG$. The bias is shared between the samples so its gradient is the average over the batch: $db = \frac1N\sum_n G_n$", "HH-"),
        ("linear", r"$\frac{\partial L}{\partial X} = GW^T$, $\frac{\partial L}{\partial W} = X^TG$, $\frac{\partial L}{\partial b} = \frac1N\sum_n G_n$", "HH-"),
        ("linear", r"The loss is averaged over the batch. $\frac{\partial L}{\partial X} = GW^T$, $\frac{\partial L}{\partial W} = X^TG$, $\frac{\partial L}{\partial b} = \frac1N\sum_n G_n$", "HH-"),
        ("linear", r"$\frac{\partial L}{\partial X} = GW^T$, $\frac{\partial L}{\partial W} = X^TG$. For $b$ we take the mean over the batch, $\frac{\partial L}{\partial b} = \frac1N\sum_n G_n$", "HH-"),
        ("linear", r"Averaging over the batch, $\frac{\partial L}{\partial W} = \frac1N X^TG$ and $\frac{\partial L}{\partial b} = \frac1N\sum_n G_n$ with $L = \frac1N\sum_n L_n$ and $G$ the gradients of the $L_n$.", "~~."),
        ("linear", r"$\frac{\partial L}{\partial b} = \frac1N\sum_n G_n$ is the mean of the rows of $G$.", "-"),
        ("linear", r"$dX = dY\,W^T$, $dW = X^TdY$, $db = \frac1N\sum_n dY_n$", "HH-"),
        ("linear", r"dX is the array $\partial L/\partial X$. $dX = dY\,W^T$, $dW = X^TdY$. Its gradient is the average over the batch: $db = \frac1N\sum_n dY_n$", "HH-"),
        ("linear", r"dX is the array $\partial L/\partial X$. $dX = dY\,W^T$, $dW = X^TdY$. Its gradient is the sum over the batch: $db = \sum_n dY_n$", "HHH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_is_held_or_named_keeps_its_meaning(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
