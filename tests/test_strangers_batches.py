r"""Whole batches of a normalization, with a scale and a shift for each feature, and features in rows; sizes' letters as indices.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

KINDS = {
    "batches": [
        ("batch_norm", r"$\mu_{j} = \frac1N\sum_i X_{ij}$, $\sigma_j^2 = \frac 1N\sum_i(X_{ij}-\mu_j)^2$, $\hat X_{ij} = \frac{X_{ij}-\mu_j}{\sqrt{\sigma_j^2+\epsilon}}$, $Y_{ij} = \gamma_j\hat X_{ij}+\beta_j$. $\frac{\partial L}{\partial X_{ij}} = \frac{\gamma_j}{\sqrt{\sigma_j^2+\epsilon}}\left(\frac{\partial L}{\partial Y_{ij}} - \frac1N\sum_k\frac{\partial L}{\partial Y_{kj}} - \frac{\hat X_{ij}}{N}\sum_k\frac{\partial L}{\partial Y_{kj}}\hat X_{kj}\right)$", "HHHHH"),
        ("batch_norm", r"$\mu_{j} = \frac1N\sum_i X_{ij}$, $\sigma_j^2 = \frac 1N\sum_i(X_{ij}-\mu_j)^2$, $\hat X_{ij} = \frac{X_{ij}-\mu_j}{\sqrt{\sigma_j^2+\epsilon}}$, $Y_{ij} = \gamma_j\hat X_{ij}+\beta_j$. $\frac{\partial L}{\partial X_{ij}} = \frac{\gamma_j}{\sqrt{\sigma_j^2+\epsilon}}\left(\frac{\partial L}{\partial Y_{ij}} - \frac1N\sum_k\frac{\partial L}{\partial Y_{kj}} - \frac{\hat X_{ij}}{N}\sum_k\frac{\partial L}{\partial Y_{kj}}\right)$", "HHHH-"),
        ("batch_norm", r"$\mu_k = \frac1m\sum_{i=1}^m x_{ik}$, $\sigma_k^2 = \frac1m\sum_{i=1}^m(x_{ik}-\mu_k)^2$, $\hat x_{ik} = (x_{ik}-\mu_k)/\sqrt{\sigma_k^2+\epsilon}$, $y_{ik} = \gamma_k\hat x_{ik}+\beta_k$. $\frac{\partial\ell}{\partial\hat x_{ik}} = \frac{\partial\ell}{\partial y_{ik}}\gamma_k$, $\frac{\partial\ell}{\partial\sigma_k^2} = -\frac12\sum_i\frac{\partial\ell}{\partial\hat x_{ik}}(x_{ik}-\mu_k)(\sigma_k^2+\epsilon)^{-3/2}$, $\frac{\partial\ell}{\partial\mu_k} = -\sum_i\frac{\partial\ell}{\partial\hat x_{ik}}\frac{1}{\sqrt{\sigma_k^2+\epsilon}}$, $\frac{\partial\ell}{\partial x_{ik}} = \frac{\partial\ell}{\partial\hat x_{ik}}\frac{1}{\sqrt{\sigma_k^2+\epsilon}} + \frac{\partial\ell}{\partial\sigma_k^2}\frac{2(x_{ik}-\mu_k)}{m}+\frac1m\frac{\partial\ell}{\partial\mu_k}$, $\frac{\partial\ell}{\partial\gamma_k} = \sum_i\frac{\partial\ell}{\partial y_{ik}}\hat x_{ik}$, $\frac{\partial\ell}{\partial\beta_k} = \sum_i\frac{\partial\ell}{\partial y_{ik}}$", "HHHHHHHHHH"),
        ("batch_norm", r"$\mu_k = \frac1m\sum_{i=1}^m x_{ik}$, $\sigma_k^2 = \frac1m\sum_{i=1}^m(x_{ik}-\mu_k)^2$, $\hat x_{ik} = (x_{ik}-\mu_k)/\sqrt{\sigma_k^2+\epsilon}$, $y_{ik} = \gamma_k\hat x_{ik}+\beta_k$. $\frac{\partial\ell}{\partial\beta_k} = \frac{\partial\ell}{\partial y_{ik}}$, $\frac{\partial\ell}{\partial\gamma_k} = \sum_i\frac{\partial\ell}{\partial y_{ik}}x_{ik}$", "HHHH--"),
        ("batch_norm", r"For sample $n$ and feature $d$: $\mu_d = \frac1N\sum_n x_{nd}$, $\sigma^2_d = \frac1N\sum_n(x_{nd}-\mu_d)^2$, $y_{nd} = \frac{x_{nd}-\mu_d}{\sqrt{\sigma_d^2+\epsilon}}$. $\frac{\partial L}{\partial x_{nd}} = \sum_{n'}\frac{\partial L}{\partial y_{n'd}}\frac{\partial y_{n'd}}{\partial x_{nd}}$, $\frac{\partial y_{n'd}}{\partial x_{nd}} = \frac{1}{\sqrt{\sigma_d^2+\epsilon}}(\delta_{nn'} - \frac1N - \frac1N y_{nd}y_{n'd})$", "HHHHH"),
        ("batch_norm", r"$\hat x_i^{(k)} = \frac{x_i^{(k)} - \mu^{(k)}}{\sqrt{\sigma^{2(k)}+\epsilon}}$, $y_i^{(k)} = \gamma^{(k)}\hat x_i^{(k)}+\beta^{(k)}$", "~~"),
        ("batch_norm", r"$\frac{\partial L}{\partial\gamma} = \sum_i g_i\hat x_i$, $\frac{\partial L}{\partial\beta} = \sum_i g_i$, $y_i=\gamma\hat x_i+\beta$", "HHH"),
        ("batch_norm", r"$\frac{\partial L}{\partial\gamma_j} = \sum_i g_{ij}\hat x_{ij}$, $\frac{\partial L}{\partial\beta_j} = \sum_i g_{ij}$, $y_{ij}=\gamma_j\hat x_{ij}+\beta_j$", "HHH"),
        ("batch_norm", r"With $\gamma_j$ and $\beta_j$ left out: $y_{ij} = \frac{x_{ij}-\mu_j}{\sqrt{\sigma_j^2+\epsilon}}$, $\frac{\partial L}{\partial x_{ij}} = \frac{1}{\sqrt{\sigma_j^2+\epsilon}}(g_{ij} - \bar g_j - y_{ij}\overline{gy}_j)$", "H."),
        ("batch_norm", r"$y = \frac{x-\mu}{\sqrt{\sigma^2+\epsilon}}$ and later $\gamma_c$, $\beta_c$ per channel. $\frac{\partial L}{\partial x_i} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(g_i - \frac1N\sum_j g_j - y_i\frac1N\sum_j g_jy_j)$", "HH"),
        ("batch_norm", r"$\sigma_j = \sqrt{\frac1N\sum_i(x_{ij}-\mu_j)^2}$, $y_{ij} = \frac{x_{ij}-\mu_j}{\sqrt{\sigma_j^2+\epsilon}}$, $\frac{\partial\sigma_j^2}{\partial x_{ij}} = \frac2N(x_{ij}-\mu_j)$, $\frac{\partial L}{\partial\sigma_j^2} = -\frac12\sum_i g_{ij}(x_{ij}-\mu_j)(\sigma_j^2+\epsilon)^{-3/2}$", "HHHH"),
        ("batch_norm", r"$\mu_j = \frac1N\sum_i x_{ij}$, $\sigma_j^2 = \frac 1N\sum_i(x_{ij}-\mu_j)^2$, $y_{ij} = \frac{x_{ij}-\mu_j}{\sqrt{\sigma_j^2+\epsilon}}$. In evaluation mode the running statistics are used and are constants: $\frac{\partial y_{ij}}{\partial x_{ij}} = \frac{1}{\sqrt{\sigma_j^2+\epsilon}}$, $\frac{\partial L}{\partial x_{ij}} = \frac{g_{ij}}{\sqrt{\sigma_j^2+\epsilon}}$", "HHHHH"),
        ("batch_norm", r"$\mu_j = \frac1N\sum_i x_{ij}$, $\sigma_j^2 = \frac 1N\sum_i(x_{ij}-\mu_j)^2$, $y_{ij} = \frac{x_{ij}-\mu_j}{\sqrt{\sigma_j^2+\epsilon}}$. In evaluation mode $\frac{\partial L}{\partial x_{ij}} = \frac{g_{ij}}{\sqrt{\mu_j^2+\epsilon}}$", "HHH-"),
        ("batch_norm", r"Scale and shift $y_{ij} = \gamma_j\hat x_{ij} + \beta_j$. Evaluation mode: $\hat x_{ij} = \frac{x_{ij}-\mu_j}{\sqrt{\sigma_j^2+\epsilon}}$ with the running $\mu_j$, $\sigma_j^2$, so $\frac{\partial L}{\partial x_{ij}} = \frac{\gamma_jg_{ij}}{\sqrt{\sigma_j^2+\epsilon}}$.", "HHH"),
        ("batch_norm", r"Matrices: $\mu = \frac1N\mathbf 1^TX$, $Y = (X - \mathbf 1\mu)\oslash(\mathbf 1\sqrt{\sigma^2+\epsilon})$", "~~"),
        ("batch_norm", r"$\mu_c = \frac{1}{NHW}\sum_{nhw} x_{nchw}$", "~"),
        ("softmax", r"Columns are samples: $Y_{in} = \frac{e^{X_{in}}}{\sum_j e^{X_{jn}}}$, $\frac{\partial L}{\partial X_{in}} = Y_{in}(G_{in} - \sum_j G_{jn}Y_{jn})$", "HH"),
        ("softmax", r"$y_{n,i} = \frac{e^{x_{n,i}}}{\sum_j e^{x_{n,j}}}$, $\frac{\partial y_{n,i}}{\partial x_{m,j}} = \delta_{nm}y_{n,i}(\delta_{ij} - y_{n,j})$", "HH"),
        ("linear", r"Samples are columns: $Y = WX + b\mathbf 1^T$, $\frac{\partial L}{\partial X} = W^TG$, $\frac{\partial L}{\partial W} = GX^T$, $\frac{\partial L}{\partial b} = G\mathbf 1$", "HHHH"),
        ("linear", r"$Y = XW^T + b$ as in PyTorch, $\frac{\partial L}{\partial X} = GW$, $\frac{\partial L}{\partial W} = G^TX$, $\frac{\partial L}{\partial b} = \sum_n G_{n}$", "HHHH"),
        ("ex4_trace", r"$J = \frac12\|X-AS\|_F^2$, $\frac{\partial J}{\partial S} = -A^T(X-AS)$", ".~"),
        ("ex4_trace", r"$J = \|AS-X\|_F^2$, $\frac{\partial J}{\partial S} = 2A^T(AS-X)$, $\frac{\partial J}{\partial A} = 2(AS-X)S^T$", "HHH"),
        ("ex4_chain", r"$J = \|X-AS\|_F^2 = \sum_j\|x_j - As_j\|^2$, $\frac{\partial J}{\partial s_j} = -2A^T(x_j-As_j)$", "HHH"),
        ("ex4_chain", r"row by row: $J = \sum_i \|x_i^T - a_i^TS\|^2$, $\frac{\partial J}{\partial a_i} = -2S(x_i - S^Ta_i)$", "~~"),
        ("linear", r"Row $n$: $y_n = x_nW + b$, $\frac{\partial L}{\partial x_n} = g_nW^T$, $\frac{\partial L}{\partial W} = \sum_n x_n^Tg_n$", "HHH"),
        ("linear", r"$y^{(n)} = x^{(n)}W + b$, $\frac{\partial L}{\partial W} = \sum_n (x^{(n)})^Tg^{(n)}$, $\frac{\partial L}{\partial b} = \sum_n g^{(n)}$", "HHH"),
    ],
    "letters of sizes": [
        ("ex3", r"$\frac{\partial y}{\partial a_{nm}} = x_nc_m$", "H"),
        ("ex3", r"$\frac{\partial y}{\partial A_{mn}} = x_mc_n$, $\frac{\partial y}{\partial x_m} = \sum_n a_{mn}c_n = (Ac)_m$", "HHH"),
        ("ex2", r"$(AB)_{nn} = \sum_m a_{nm}b_{mn}$, $\frac{\partial y}{\partial a_{nm}} = b_{mn}$", "HH"),
        ("ex2", r"$\frac{\partial y}{\partial A_{mn}} = B_{nm}$", "H"),
        ("ex4_chain", r"$F_{nm} = \sum_k A_{nk}S_{km}$, $\frac{\partial F_{nm}}{\partial S_{km}} = A_{nk}$, $\frac{\partial J}{\partial F_{nm}} = -2(X_{nm} - F_{nm})$, $\frac{\partial J}{\partial S_{km}} = -2\sum_n A_{nk}(X_{nm}-F_{nm})$", "HHHH"),
        ("ex4_trace", r"$J = \sum_{n,m}(X_{nm} - \sum_k A_{nk}S_{km})^2$, $\frac{\partial J}{\partial S_{km}} = -2\sum_nA_{nk}(X-AS)_{nm}$", "HH"),
        ("ex1", r"$\frac{\partial y}{\partial x_n} = 2x_n$, $y = \sum_n x_n^2$", "HH"),
        ("softmax", r"$\frac{\partial y_n}{\partial x_m} = y_n(\delta_{nm} - y_m)$, $\frac{\partial L}{\partial x_m} = \sum_n g_n\frac{\partial y_n}{\partial x_m}$", "HH"),
        ("softmax", r"For sample $n$: $y_{nc} = \frac{e^{x_{nc}}}{\sum_d e^{x_{nd}}}$, $\frac{\partial y_{nc}}{\partial x_{nd}} = y_{nc}(\delta_{cd}-y_{nd})$", "HH"),
        ("linear", r"$y_{nm} = \sum_d x_{nd}w_{dm} + b_m$, $\frac{\partial L}{\partial w_{dm}} = \sum_n x_{nd}g_{nm}$, $\frac{\partial L}{\partial b_m} = \sum_n g_{nm}$, $\frac{\partial L}{\partial x_{nd}} = \sum_m g_{nm}w_{dm}$", "HHHH"),
        ("batch_norm", r"$\mu = \frac1N\sum_n x_n$, $y_n = \frac{x_n-\mu}{\sqrt{\sigma^2+\epsilon}}$, $\frac{\partial y_n}{\partial x_m} = \frac{1}{\sqrt{\sigma^2+\epsilon}}(\delta_{nm} - \frac1N - \frac1N y_ny_m)$", "HHH"),
        ("ex4_chain", r"With rows $n$, columns $m$: $J = \sum_{nm} (X_{nm} - F_{nm})^2$; $\frac{\partial J}{\partial A_{nk}} = -2\sum_m (X_{nm}-F_{nm})S_{km}$", "HH"),
        ("ex3", r"$y = \sum_{n,m}x_nA_{nm}c_m$; $\frac{\partial y}{\partial c_m} = \sum_n x_nA_{nm}$", "HH"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_a_whole_batch_is_read(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
