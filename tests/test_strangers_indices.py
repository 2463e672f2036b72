r"""Strangers' indices: Greek ones, upper and lower ones, dots, commas, matrices with a single one, and two of them in batch normalization.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.test_precision import EXERCISES, cases, fits, judged

BN = r"$\bar x_{\cdot j} = \frac1n\sum_i x_{ij}$, $s_j^2 = \frac1n\sum_i(x_{ij}-\bar x_{\cdot j})^2$, $\tau_j^2 = s_j^2+\varepsilon$, $z_{ij} = (x_{ij}-\bar x_{\cdot j})/\tau_j$. "
BM = r"A batch of $m$ samples, feature $j$. $\mu_j = \frac1m\sum_{i=1}^m x_{ij}$, $\sigma_j^2 = \frac1m\sum_{i=1}^m (x_{ij}-\mu_j)^2$, $\hat x_{ij} = \frac{x_{ij}-\mu_j}{\sqrt{\sigma_j^2+\epsilon}}$. "
BNB = r"Data matrix $X$, $n\times p$, cases $i$, variables $j$. $\bar x_j = \frac1n\sum_{i=1}^n x_{ij}$, $s_j^2 = \frac1n\sum_{i=1}^n(x_{ij}-\bar x_j)^2$, $\tau_j = \sqrt{s_j^2+\varepsilon}$, $z_{ij} = \frac{x_{ij}-\bar x_j}{\tau_j}$, $g_{ij} = \partial L/\partial z_{ij}$. "
KINDS = {
    "batch normalization with two indices": [
        ("batch_norm", BN + r"$\partial\bar x_{\cdot j}/\partial x_{kj} = 1/n$", "....H"),
        ("batch_norm", BN + r"$\partial\bar x_{\cdot j}/\partial x_{kj} = 1/n^2$", "....F"),
        ("batch_norm", BN + r"$\frac{\partial s_j^2}{\partial x_{kj}} = \frac2n\sum_i (x_{ij}-\bar x_{\cdot j})(\delta_{ik}-\frac1n) = \frac2n(x_{kj}-\bar x_{\cdot j})$", "....HH"),
        ("batch_norm", BN + r"$\frac{\partial s_j^2}{\partial x_{kj}} = \frac1n(x_{kj}-\bar x_{\cdot j})$", "....F"),
        ("batch_norm", BN + r"$\frac{\partial\tau_j}{\partial x_{kj}} = \frac{1}{n\tau_j}(x_{kj}-\bar x_{\cdot j}) = \frac1n z_{kj}$", "....HH"),
        ("batch_norm", BN + r"$\frac{\partial\tau_j}{\partial x_{kj}} = \frac{1}{\tau_j}\cdot\frac 2n(x_{kj}-\bar x_{\cdot j}) = \frac 2nz_{kj}$", "....FH"),
        ("batch_norm", BN + r"$\sum_i(x_{ij}-\bar x_{\cdot j}) = 0$", "....H"),
        ("batch_norm", BN + r"$\frac{\partial z_{ij}}{\partial x_{kj}} = \frac{\delta_{ik}-\frac 1n}{\tau_j}-\frac{x_{ij}-\bar x_{\cdot j}}{\tau_j^2}\frac{\partial\tau_j}{\partial x_{kj}} = \frac{1}{\tau_j}(\delta_{ik} - \frac1n - \frac1n z_{ij}z_{kj})$", "....HH"),
        ("batch_norm", BN + r"$\frac{\partial z_{ij}}{\partial x_{kj}} = \frac{1}{\tau_j}(\delta_{ik} - \frac1n - \frac2n z_{ij}z_{kj})$", "....F"),
        ("batch_norm", BN + r"$\frac{\partial L}{\partial x_{kj}} = \sum_i g_{ij}\frac{\partial z_{ij}}{\partial x_{kj}} = \frac{1}{\tau_j}(g_{kj}-\frac1n\sum_ig_{ij}-\frac1nz_{kj}\sum_ig_{ij}z_{ij})$", "....HH"),
        ("batch_norm", BN + r"$\frac{\partial L}{\partial x_{kj}} = \frac{1}{\tau_j}(g_{kj}-\frac1n\sum_ig_{ij}-\frac2nz_{kj}\sum_ig_{ij}z_{ij})$", "....F"),
        ("batch_norm", BN + r"$\frac{\partial L}{\partial x_{kj}} = \frac{g_{kj}-\bar g_{\cdot j}-z_{kj}\overline{gz}_{\cdot j}}{\tau_j}$", "....~"),
        ("batch_norm", BM + r"$\frac{\partial\mu_j}{\partial x_{kj}} = \frac1m$, $\frac{\partial\sigma_j^2}{\partial x_{kj}} = \frac2m(x_{kj}-\mu_j)$", "...HH"),
        ("batch_norm", BM + r"$\frac{\partial\hat x_{ij}}{\partial x_{kj}} = \frac{1}{\sqrt{\sigma_j^2+\epsilon}}(\delta_{ik}-\frac1m-\frac1m\hat x_{ij}\hat x_{kj})$", "...H"),
        ("batch_norm", BM + r"$\frac{\partial\hat x_{ij}}{\partial x_{kj}} = \frac{1}{\sqrt{\sigma_j^2+\epsilon}}(\delta_{ik}-\frac1m+\frac1m\hat x_{ij}\hat x_{kj})$", "...-"),
        ("batch_norm", BNB + r"$\frac{\partial z_{ij}}{\partial x_{kj}} = \frac{1}{\tau_j}(\delta_{ik}-\frac1n-\frac1n z_{ij}z_{kj})$", ".....H"),
        ("batch_norm", BNB + r"$\frac{\partial L}{\partial x_{kj}} = \frac{1}{n\tau_j}(ng_{kj}-\sum_ig_{ij}-z_{kj}\sum_ig_{ij}z_{ij})$", ".....H"),
        ("batch_norm", BNB + r"$\frac{\partial L}{\partial x_{kj}} = \frac{1}{n\tau_j}(g_{kj}-\sum_ig_{ij}-z_{kj}\sum_ig_{ij}z_{ij})$", ".....F"),
    ],
    "dots for a whole row or column": [
        ("ex3", r"$\sum_j a_{ij}c_j = a_{i\bullet}c = (Ac)_i$", "HH"),
        ("ex3", r"$\sum_j a_{ij}c_j = a_{i\cdot}c$, $x^Ta_{\cdot j} = (A^Tx)_j$", "HH"),
        ("ex3", r"$x^Ta_{\bullet j} = \sum_i x_ia_{ij}$, $x^T A_{\cdot j} = \sum_i x_i a_{ij}$", "HH"),
        ("ex3", r"$a_{i\bullet}c = (A^Tc)_i$", "F"),
        ("ex3", r"$\frac{\partial y}{\partial x_i} = A_{i\cdot}c$, $\frac{\partial y}{\partial x_i} = A_{\cdot i}^Tc$", "HF"),
        ("ex3", r"$\frac{\partial y}{\partial A_{i\cdot}} = x_ic^T$", "H"),
        ("linear", r"$\text{gradB} = \sum_k g_{k\cdot} = \mathbf 1^Tg$, $y_{k\cdot} = x_{k\cdot}W + b^T$", "~~H"),
        ("linear", r"$\text{gradB} = \sum_k g_{k:}$, $\text{gradW} = \sum_k x_{k:}^Tg_{k:}$, $\text{gradW} = \sum_k g_{k:}^Tx_{k:}$", "~HL"),
        ("linear", r"$\text{gradW} = \sum_k x_{k\cdot}^Tg_{k\cdot} = x^Tg$, $\frac{\partial L}{\partial x_{k\cdot}} = g_{k\cdot}W^T$, $\frac{\partial L}{\partial x_{k\cdot}} = g_{k\cdot}W$", "HHHF"),
        ("linear", r"$\text{gradW} = \sum_k x_{k,:}^Tg_{k,:}$, $\text{gradW}_{i\bullet} = \sum_k x_{ki}g_{k\bullet}$", "HH"),
        ("linear", r"$\frac{\partial L}{\partial w_{\cdot j}} = x^Tg_{\cdot j}$, $\frac{\partial L}{\partial w_{\cdot j}} = xg_{\cdot j}$, $y_{\cdot j} = xw_{\cdot j} + b_j$", "H-H"),
        ("linear", r"$\text{gradB}_j = g_{\cdot j}$, $\text{gradB}_j = \sum_k g_{kj}$", "~H"),
        ("ex2", r"$(AB)_{ij} = a_{i\cdot}b_{\cdot j}$, $y = \sum_i a_{i\cdot}b_{\cdot i}$, $y = \sum_i a_{\cdot i}b_{i\cdot}$", "HH-"),
        ("ex2", r"$(AB)_{ii} = A_{i:}B_{:i}$, $y = \sum_i A_{i*}B_{*i}$", "HH"),
        ("ex4_trace", r"$J = \sum_j\|x_{\cdot j} - As_{\cdot j}\|^2$, $\frac{\partial J}{\partial s_{\cdot j}} = -2A^T(x_{\cdot j}-As_{\cdot j})$", "HH"),
        ("ex4_trace", r"$\frac{\partial J}{\partial s_{\cdot j}} = -2A(x_{\cdot j}-As_{\cdot j})$, $\frac{\partial J}{\partial s_{\cdot j}} = 2A^T(x_{\cdot j}-As_{\cdot j})$", "-F"),
        ("ex4_trace", r"$J = \sum_{ij}(x_{ij} - a_{i\bullet}s_{\bullet j})^2$, $\frac{\partial J}{\partial a_{i\bullet}} = -2(x_{i\bullet}-a_{i\bullet}S)S^T$", "HH"),
        ("softmax", r"A batch, row $k$ is $x_{k\cdot}$. $y_{k\cdot} = e^{x_{k\cdot}}/\sum_j e^{x_{kj}}$, $\frac{\partial L}{\partial x_{k\cdot}} = y_{k\cdot}\odot g_{k\cdot} - (y_{k\cdot}g_{k\cdot}^T)y_{k\cdot}$", "HH"),
    ],
    "single-entry matrices": [
        ("ex4_chain", r"$\partial F/\partial S_{ij} = AJ^{ij}$, where $J^{ij}$ is the single-entry matrix", "H"),
        ("ex4_chain", r"$J^{ij}$ is the single-entry matrix. $\operatorname{Tr}(BJ^{ij}) = (B^T)_{ij}$. $\partial F/\partial S_{ij} = AJ^{ij}$. $\frac{\partial J}{\partial S_{ij}} = \operatorname{Tr}[-2(X-F)^TAJ^{ij}] = -2([(X-F)^TA]^T)_{ij}$", "HHHH"),
        ("ex4_chain", r"$J^{ij}$ is the single-entry matrix. $\partial F/\partial A_{ij} = J^{ij}S$, $\frac{\partial J}{\partial A_{ij}} = -2\operatorname{Tr}[(X-F)^TJ^{ij}S] = -2\operatorname{Tr}[S(X-F)^TJ^{ij}] = -2((X-F)S^T)_{ij}$", "HHHH"),
        ("ex4_chain", r"$J^{ij}$ is the single-entry matrix. $\partial F/\partial S_{ij} = J^{ij}A$", "-"),
        ("ex4_chain", r"$J^{ij}$ is the single-entry matrix. $\frac{\partial J}{\partial S_{ij}} = \operatorname{Tr}[2(X-F)^TAJ^{ij}]$", "F"),
        ("ex4_chain", r"$J^{ij}$ is the single-entry matrix. $\frac{\partial J}{\partial S_{ij}} = \operatorname{Tr}[-2(X-F)^TAJ^{ij}] = -2([(X-F)^TA])_{ij}$", "H-"),
        ("ex2", r"$\frac{\partial A}{\partial A_{ij}} = J^{ij}$, $\frac{\partial y}{\partial A_{ij}} = \operatorname{Tr}(J^{ij}B) = B_{ji} = (B^T)_{ij}$", "HHHH"),
        ("ex2", r"$\frac{\partial A}{\partial A_{ij}} = E_{ij}$, $\frac{\partial y}{\partial A_{ij}} = \operatorname{tr}(E_{ij}B) = B_{ji}$, $\operatorname{tr}(E_{ij}B) = B_{ij}$", "HHHF"),
        ("ex2", r"$\frac{\partial A}{\partial A_{ij}} = E^{ij}$, $\frac{\partial y}{\partial A_{ij}} = \operatorname{tr}(E^{ij}B) = B_{ji}$", "HHH"),
        ("ex2", r"$\frac{\partial A}{\partial A_{ij}} = E^{(ij)}$, $\frac{\partial y}{\partial A_{ij}} = \operatorname{tr}(E^{(ij)}B) = B_{ji}$", "HHH"),
        ("ex2", r"$\frac{\partial A}{\partial A_{ij}} = e_ie_j^T$, $\frac{\partial y}{\partial A_{ij}} = \operatorname{tr}(e_ie_j^TB) = e_j^TBe_i = B_{ji}$, $\operatorname{tr}(e_ie_j^TB) = B_{ij}$", "HHHHF"),
        ("ex3", r"$\frac{\partial A}{\partial A_{ij}} = J^{ij}$, $\frac{\partial y}{\partial A_{ij}} = x^TJ^{ij}c = x_ic_j$, $x^TJ^{ij}c = x_jc_i$", "HHHF"),
        ("ex3", r"$E_{ij} = e_ie_j^T$, $\frac{\partial y}{\partial A_{ij}} = x^TE_{ij}c = x^Te_ie_j^Tc = x_ic_j$", "HHHH"),
        ("ex3", r"$x^TE_{ij}c = x_ic_j$, $(E_{ij})_{kl} = \delta_{ik}\delta_{jl}$", "HH"),
        ("linear", r"$\frac{\partial y}{\partial W_{ij}} = xJ^{ij}$, $\frac{\partial L}{\partial W_{ij}} = \operatorname{Tr}(g^TxJ^{ij}) = (x^Tg)_{ij}$", "HHH"),
        ("linear", r"$\frac{\partial y}{\partial W_{ij}} = xE_{ij}$, $\frac{\partial L}{\partial W_{ij}} = \langle g, xE_{ij}\rangle = (x^Tg)_{ij}$, $\langle g, xE_{ij}\rangle = (x^Tg)_{ji}$", "HHHF"),
    ],
    "Greek indices and letters for rows": [
        ("ex2", r"$\alpha_\nu^\top$ is row $\nu$ of $A$, $\beta_\nu$ is column $\nu$ of $B$. $(AB)_{\nu\nu} = \alpha_\nu^\top\beta_\nu$, $\operatorname{tr}(AB) = \sum_\nu\alpha_\nu^\top\beta_\nu$", "HH"),
        ("ex2", r"$\alpha_\nu^\top$ is row $\nu$ of $A$, $\beta_\nu$ is column $\nu$ of $B$. $y = \sum_\nu\alpha_\nu^\top\beta_\nu$, $\frac{\partial y}{\partial\alpha_\nu} = \beta_\nu$, $\frac{\partial y}{\partial\alpha_\nu} = \alpha_\nu$", "HHF"),
        ("ex2", r"$y = \sum_{\mu}\sum_\nu a_{\mu\nu}b_{\nu\mu}$, $\frac{\partial y}{\partial a_{\mu\nu}} = b_{\nu\mu}$, $\frac{\partial y}{\partial a_{\mu\nu}} = b_{\mu\nu}$", "HHF"),
        ("ex3", r"$y = \sum_{\alpha,\beta}x_\alpha a_{\alpha\beta}c_\beta$, $\frac{\partial y}{\partial x_\alpha} = \sum_\beta a_{\alpha\beta}c_\beta$, $\frac{\partial y}{\partial a_{\alpha\beta}} = x_\alpha c_\beta$, $\frac{\partial y}{\partial x_\alpha} = \sum_\beta a_{\beta\alpha}c_\beta$", "HHHF"),
        ("ex1", r"$y = \sum_\nu x_\nu^2$, $\frac{\partial y}{\partial x_\nu} = 2x_\nu$, $\frac{\partial y}{\partial x_\mu} = \sum_\nu 2x_\nu\delta_{\mu\nu} = 2x_\mu$, $\frac{\partial y}{\partial x_\nu} = x_\nu$", "HHHHF"),
        ("softmax", r"$y_\mu = \frac{e^{x_\mu}}{\sum_\nu e^{x_\nu}}$, $\frac{\partial y_\mu}{\partial x_\nu} = y_\mu(\delta_{\mu\nu}-y_\nu)$, $\frac{\partial L}{\partial x_\nu} = \sum_\mu g_\mu y_\mu(\delta_{\mu\nu}-y_\nu) = y_\nu(g_\nu - \sum_\mu g_\mu y_\mu)$, $\frac{\partial y_\mu}{\partial x_\nu} = y_\mu y_\nu$", "HHHHF"),
        ("ex4_trace", r"$J = \sum_{\mu\nu}(x_{\mu\nu}-\sum_\rho a_{\mu\rho}s_{\rho\nu})^2$, $\frac{\partial J}{\partial s_{\kappa\lambda}} = -2\sum_\mu(x_{\mu\lambda}-\sum_\rho a_{\mu\rho}s_{\rho\lambda})a_{\mu\kappa}$", "HH"),
        ("linear", r"$y_{\mu\nu} = \sum_\rho x_{\mu\rho}w_{\rho\nu} + b_\nu$, $\frac{\partial L}{\partial w_{\rho\nu}} = \sum_\mu x_{\mu\rho}g_{\mu\nu}$, $\frac{\partial L}{\partial b_\nu} = \sum_\mu g_{\mu\nu}$, $\frac{\partial L}{\partial w_{\rho\nu}} = \sum_\mu x_{\mu\nu}g_{\mu\rho}$", "HHH-"),
    ],
    "upper and lower indices, commas for derivatives": [
        ("ex1", r"$\eta_{ab}$ is the Euclidean metric. $y = \eta_{ab}x^ax^b = x_ax^a$, $x_a = \eta_{ab}x^b$, $y_{,c} = 2x_c$", "HHHH"),
        ("ex1", r"$\eta_{ab}$ is the Euclidean metric. $y = \eta_{ab}x^ax^b$, ${x^a}_{,c} = \delta^a_c$, $y_{,c} = \eta_{ab}({x^a}_{,c}x^b+x^a{x^b}_{,c}) = \eta_{ab}\delta^a_cx^b+\eta_{ab}x^a\delta^b_c = 2\eta_{cb}x^b = 2x_c$", "HHHHHH"),
        ("ex1", r"$\eta_{ab}$ is the Euclidean metric. $y = \eta_{ab}x^ax^b$, $y_{,c} = \eta_{cb}x^b$, $y_{,c} = 3x_c$", "HFF"),
        ("ex1", r"Indices are raised with $\eta^{ab}$. $y = x_ax^a$, $x^cy_{,c} = 2y$, $y^{,c} = \eta^{cd}y_{,d} = 2x^c$, $y^{,c} = x^c$", "HHHHF"),
        ("ex1", r"$y = x_ix^i$, $\frac{\partial x^i}{\partial x^j} = \delta^i_j$, $\frac{\partial y}{\partial x^j} = 2x_j$, $\partial_jy = 2x_j$, $\partial_jy = x_j$", "HHHHF"),
        ("ex2", r"$y = A^i{}_jB^j{}_i$, $\frac{\partial y}{\partial A^i{}_j} = B^j{}_i$, $y = A^i_jB^j_i$", "HHH"),
        ("ex3", r"$y = x_iA^i{}_jc^j$, $y = x_ia^i_jc^j$, $\frac{\partial y}{\partial x_i} = A^i{}_jc^j$, $\frac{\partial y}{\partial A^i{}_j} = x_ic^j$, $\frac{\partial y}{\partial A^i{}_j} = x_jc^i$", "HHHHF"),
        ("ex1", r"Einstein. $y = x_ix_i$, $y_{,k} = x_{i,k}x_i + x_ix_{i,k} = 2\delta_{ik}x_i = 2x_k$, $y_{,k} = x_k$", "HHHHF"),
        ("ex3", r"Einstein. $y = x_iA_{ij}c_j$, $y_{,k} = \delta_{ik}A_{ij}c_j = A_{kj}c_j$", "HHH"),
        ("softmax", r"$y_{i,j} = y_i(\delta_{ij}-y_j)$, where a comma is a derivative, $L_{,j} = \sum_i g_iy_{i,j}$, $y_{i,j} = y_i(\delta_{ij}+y_j)$", "HHF"),
    ],
    "partial derivatives as subscripts": [
        ("ex3", r"$\pi = p'Mq = \sum_{ij}p_im_{ij}q_j$, $\pi_{p_i} = \sum_jm_{ij}q_j = m_{i\bullet}q = (Mq)_i$, $\pi_{m_{ij}} = p_iq_j$", "HHHHHH"),
        ("ex3", r"$\pi = p'Mq$, $\pi_{p_i} = \sum_jm_{ji}q_j$, $\pi_{m_{ij}} = p_jq_i$", "HFF"),
        ("ex1", r"$y_{x_k} = 2x_k$, $y_{x_k} = x_k$", "HF"),
        ("ex1", r"$f_{x_i} = 2x_i$, $y_{,k} = 2x_k$, $y_{x_i} = 2x_j$", "HH-"),
        ("ex2", r"$y_{a_{ij}} = b_{ji}$, $y_{a_{ij}} = b_{ij}$, $y_{A_{ij}} = B_{ji}$", "HFH"),
        ("softmax", r"$L_{x_k} = \sum_i g_i\frac{\partial y_i}{\partial x_k} = y_k(g_k-\sum_ig_iy_i)$, $L_{x_k} = y_kg_k$", "HHF"),
        ("linear", r"$L_{w_{ij}} = \sum_kx_{ki}g_{kj}$, $L_{b_j} = \sum_kg_{kj}$, $L_{x_{ki}} = \sum_jg_{kj}w_{ij}$, $L_{x_{ki}} = \sum_jg_{kj}w_{ji}$", "HHH-"),
    ],
    "what looks like it, and is another thing": [
        ("softmax", r"$J^{ij} = \frac{\partial y_i}{\partial x_j} = y_i(\delta_{ij}-y_j)$", "~~"),
        ("softmax", r"$\frac{\partial y_i}{\partial x_j} = J^{ij} = y_i(\delta_{ij}-y_j)$", "~~"),
        ("linear", r"In R: $y_{,j} = xW_{,j} + b_j$, $\text{gradW}_{,j} = x^Tg_{,j}$, $y_{i,} = x_{i,}W + b^T$", "~~~"),
        ("linear", r"$L = \sum_b L_b$, $L_b = \sum_j g_{bj}y_{bj}$", "~~"),
        ("linear", r"$L = \frac1N\sum_{b=1}^N L_b$, $\frac{\partial L}{\partial y_b} = \frac1N\frac{\partial L_b}{\partial y_b}$", "~~"),
        ("batch_norm", r"$s^2 = \frac1N\sum_i(x_i-\mu)^2$, $s = \sqrt{s^2+\varepsilon}$, $y = (x-\mu)/s$", "~~~"),
        ("batch_norm", r"$s^2 = \frac1N\sum_i(x_i-\mu)^2$, $y = (x-\mu)/\sqrt{s^2+\varepsilon}$, $\frac{\partial y_i}{\partial s^2} = -\frac12(x_i-\mu)(s^2+\varepsilon)^{-3/2}$, $\frac{\partial s^2}{\partial x_k} = \frac2N(x_k-\mu)$, $\frac{\partial s^2}{\partial x_k} = \frac1N(x_k-\mu)$", "HH~HF"),
        ("batch_norm", r"$\hat\sigma^2 = \frac1N\sum_i(x_i-\mu)^2$, $y = (x-\mu)/\sqrt{\hat\sigma^2+\varepsilon}$, $\frac{\partial\hat\sigma}{\partial x_k} = \frac{1}{N\hat\sigma}(x_k-\mu)$", "HHH"),
        ("ex1", r"$r^2 = x^Tx = \sum_i x_i^2$, $y = r^2$, $\frac{\partial r}{\partial x_k} = \frac{x_k}{r}$, $\frac{\partial y}{\partial x} = 2r\frac{\partial r}{\partial x} = 2x$, $\frac{\partial r}{\partial x_k} = \frac{2x_k}{r}$", "HHHHHHF"),
        ("ex4_trace", r"$e_{ij} = x_{ij} - \sum_k a_{ik}s_{kj}$, $e_{ij}^2 = (x_{ij}-f_{ij})^2$, $J = \sum_{ij}e_{ij}^2$", "HHH"),
        ("ex4_trace", r"$J_S = -2A^T(X-AS)$, $J_{s_{ij}} = -2\sum_k a_{ki}(x_{kj}-f_{kj})$, $J_{s_{ij}} = 2\sum_k a_{ki}(x_{kj}-f_{kj})$", "HHF"),
        ("ex4_trace", r"$dJ_S = -2\operatorname{tr}((X-AS)^TA\,dS)$", "~"),
        ("linear", r"$dL_W = \operatorname{tr}(g^Tx\,dW)$, $dL_b = \mathbf 1^Tg\,db$", "~~"),
        ("ex2", r"$y_{A} = B^T$, $y_{a_{ij}} = b_{ji}$, $y_{a_{11}} = b_{11}$", "HH~"),
        ("ex1", r"$x_a$ entries, $y = \sum_a x_a^2$, $\frac{\partial y}{\partial x_a} = 2x_a$, $\frac{\partial y}{\partial x_a} = x_a$", "HHF"),
        ("ex1", r"$y = \sum_i x_i^a$ for $a = 2$", "~."),
        ("softmax", r"$y_c = e^{x_c}/\sum_d e^{x_d}$, $\frac{\partial y_c}{\partial x_d} = y_c(\delta_{cd}-y_d)$, $\frac{\partial y_c}{\partial x_d} = -y_cy_d$ for $c\ne d$, $\frac{\partial y_c}{\partial x_d} = y_c y_d$ for $c \ne d$", "HHHF"),
        ("batch_norm", r"$z_{nd} = (x_{nd}-m_d)/\sqrt{v_d+\varepsilon}$, $m_d = \frac1N\sum_n x_{nd}$, $v_d = \frac1N\sum_n(x_{nd}-m_d)^2$, $\frac{\partial v_d}{\partial x_{kd}} = \frac2N(x_{kd}-m_d)$", "...H"),
        ("batch_norm", r"$m$ samples, $n$ features. $\mu_j = \frac1m\sum_{i=1}^m x_{ij}$ for $j = 1,\dots,n$, $\frac{\partial\mu_j}{\partial x_{ij}} = \frac1m$, $\frac{\partial\mu_j}{\partial x_{ij}} = \frac1n$", "H.H-"),
        ("batch_norm", r"$\mu = \frac1n\sum_i x_i$, $\frac{\partial\mu}{\partial x_i} = \frac1n$, $y_i = (x_i-\mu)/\sqrt{\sigma+\epsilon}$", "HHH"),
        ("batch_norm", r"Var. $\bar x_{\cdot j} = \frac1n x_{\cdot j}$, $x_{\cdot j} = \sum_i x_{ij}$, $\bar x_{\cdot\cdot} = \frac1{np}\sum_{ij}x_{ij}$", "~~~"),
        ("ex3", r"$a_{i\cdot} = \sum_j a_{ij}$", "~"),
        ("ex1", r"$g_{ij} = \frac{\partial^2y}{\partial x_i\partial x_j} = 2\delta_{ij}$ is the metric", "~~"),
        ("ex1", r"Einstein sum. $y = x^ix_i$, $dy = 2x_idx^i$, $\partial^iy = 2x^i$, $\nabla_iy = 2x_i$", "H~~~"),
        ("ex3", r"$y = x^aA_{ab}c^b$, $\frac{\partial y}{\partial x^a} = A_{ab}c^b$, $\frac{\partial y}{\partial A_{ab}} = x^ac^b$, $\frac{\partial y}{\partial A_{ab}} = x^bc^a$", "HHHF"),
        ("ex2", r"$y = A^a_bB^b_a$, $\frac{\partial y}{\partial A^a_b} = B^b_a$, $\frac{\partial y}{\partial A^c_d} = \delta^a_c\delta^d_bB^b_a = B^d_c$", "HHHH"),
        ("ex2", r"$(J^{ij})_{kl} = \delta_{ik}\delta_{jl}$ is the single-entry matrix. $\operatorname{tr}(J^{ij}B) = B_{ji}$, $J^{ij} = e_ie_j^T$, $AJ^{ij} = Ae_ie_j^T$, $\operatorname{tr}(J^{ij}B) = B_{ij}$", "HHHH-"),
        ("ex1", r"$\frac{dy}{dx_\infty} = 0$, $x_\infty = \max_i x_i$", "~~"),
        ("linear", r"$\theta_{W}$, $L_{\text{CE}} = 3$", "~"),
        ("ex4_chain", r"$J_F(S) = I\otimes A$, $J_S = \frac{\partial\operatorname{vec}F}{\partial\operatorname{vec}S} = I\otimes A$, $J_A = S^T\otimes I$", "~~~~"),
    ],
    "letters for rows and columns": [
        ("ex2", r"$A = \begin{pmatrix} u_1^T \\ \vdots \\ u_n^T\end{pmatrix}$, $B = (v_1, \dots, v_n)$, $y = \sum_i u_i^Tv_i$, $\frac{\partial y}{\partial u_i} = v_i$, $\frac{\partial y}{\partial u_i} = u_i$", "H~HHF"),
        ("ex2", r"Let $u_i^T$ be the $i$-th row of $A$ and $v_j$ the $j$-th column of $B$. $y = \sum_i u_i^Tv_i$, $(AB)_{ij} = u_i^T v_j$, $\frac{\partial y}{\partial u_i} = v_i$, $(AB)_{ij} = v_i^T u_j$", "HHHF"),
        ("ex2", r"The rows of $A$ are $u_i^T$, the columns of $B$ are $v_i$. $y = \sum_i u_i^Tv_i$, $y = \sum_i u_iv_i^T$", "HF"),
        ("ex2", r"The rows of $A$ are $u_i$, and $v_j$ are the columns of $B$. $y = \sum_i u_iv_i$, $y = \sum_i u_i^Tv_i$, $\frac{\partial y}{\partial u_i} = v_i$", "H~H"),
        ("ex2", r"Denote the $i$-th row of $A$ by $r_i^T$ and the $i$-th column of $B$ by $w_i$. $y = \sum_i r_i^Tw_i$, $\frac{\partial y}{\partial r_i} = w_i$, $\frac{\partial y}{\partial r_i} = r_i$", "HHF"),
        ("ex2", r"With $u_i$ the columns of $A$ and $v_i^T$ the rows of $B$, $AB = \sum_i u_iv_i^T$, $y = \sum_i v_i^Tu_i$, $AB = \sum_i v_iu_i^T$", "HH-"),
    ],
    "conditions on indices of any letters": [
        ("softmax", r"$y_a = e^{x_a}/\sum_b e^{x_b}$, $\frac{\partial y_a}{\partial x_b} = -y_ay_b$ for $a\ne b$, $\frac{\partial y_a}{\partial x_b} = y_a y_b$ for $a \ne b$. If $a = b$: $\frac{\partial y_a}{\partial x_b} = y_a(1-y_a)$", "HHF.H"),
        ("softmax", r"$y_\mu = e^{x_\mu}/\sum_\nu e^{x_\nu}$, $\frac{\partial y_\mu}{\partial x_\nu} = -y_\mu y_\nu$ for $\mu\ne \nu$, $\frac{\partial y_\mu}{\partial x_\nu} = y_\mu y_\nu$ for $\mu \ne \nu$. If $\mu = \nu$: $\frac{\partial y_\mu}{\partial x_\nu} = y_\mu(1-y_\mu)$", "HHF.H"),
    ],
    "a variable below a number": [
        ("ex1", r"$y_x = 2x$, $y_x = x$, $f_x = 2x$, $\nabla f = f_x$", "HFHH"),
        ("ex4_chain", r"$J_S = -2A^T(X-AS)$, $J_F = -2(X-F)$, $J_F = 2(X-F)$, $J_S = A^TJ_F$", "HHFH"),
        ("linear", r"$L_W = x^Tg$, $L_x = gW^T$, $L_x = gW$, $L_y = g$", "HHFH"),
        ("ex3", r"$\pi = p^TMq$, $\pi_p = Mq$, $\pi_p = M^Tq$, $\pi_M = pq^T$", "HHFH"),
    ],
    "several of them in one text": [
        ("softmax", r"$\frac{\partial s_i}{\partial x_j} = s_i(\delta_{ij}-s_j)$ with $s_i = e^{x_i}/\sum_k e^{x_k}$, $L_{,j} = \sum_i g_is_{i,j}$, $s_{i,j} = s_i(\delta_{ij}-s_j)$", "HH~~"),
        ("batch_norm", r"Each feature $j$ by itself. $\mu_j = \frac1n\sum_i x_{ij}$, $v_j = \frac1n\sum_i(x_{ij}-\mu_j)^2$, $y_{ij} = \frac{x_{ij}-\mu_j}{\sqrt{v_j+\epsilon}}$, $\frac{\partial L}{\partial v_j} = -\frac12\sum_i g_{ij}(x_{ij}-\mu_j)(v_j+\epsilon)^{-3/2}$, $\frac{\partial L}{\partial x_{ij}} = \frac{1}{n\sqrt{v_j+\epsilon}}(ng_{ij}-\sum_kg_{kj}-y_{ij}\sum_kg_{kj}y_{kj})$", "HHHHH"),
        ("batch_norm", r"$\mu_j = \frac1m\sum_{i=1}^m x_{ij}$, $\tau_j^2 = \frac1m\sum_i(x_{ij}-\mu_j)^2+\varepsilon$, $y_{ij} = (x_{ij}-\mu_j)/\tau_j$, $\frac{\partial\tau_j}{\partial x_{ij}} = \frac{x_{ij}-\mu_j}{m\tau_j}$, $\frac{\partial\tau_j}{\partial x_{ij}} = \frac{x_{ij}-\mu_j}{\tau_j}$", "HHHHF"),
        ("linear", r"$g_{k:}$ is row $k$. $\frac{\partial L}{\partial W} = \sum_k x_{k:}^\top g_{k:}$, $\frac{\partial L}{\partial x_{k:}} = g_{k:}W^\top$, $\frac{\partial L}{\partial b} = \sum_k g_{k:}^\top$", "HHH"),
        ("linear", r"$y_{k\bullet} = x_{k\bullet}W + b^\top$, $\frac{\partial L}{\partial b} = \sum_k g_{k\bullet}$", "H~"),
        ("ex4_trace", r"$J = \sum_j \|x_{:j} - As_{:j}\|^2$, $\nabla_{s_{:j}}J = -2A^T(x_{:j}-As_{:j})$, $\nabla_{s_{:j}}J = -2A^T(x_{:j}+As_{:j})$", "HHF"),
        ("ex2", r"Tensor notation: $y = A_{\mu\nu}B_{\nu\mu}$, $\frac{\partial y}{\partial A_{\rho\sigma}} = \delta_{\mu\rho}\delta_{\nu\sigma}B_{\nu\mu} = B_{\sigma\rho}$", "HHH"),
        ("ex3", r"$y = x^\mu A_{\mu\nu}c^\nu$, $\partial_\mu y = A_{\mu\nu}c^\nu$, $\frac{\partial y}{\partial A_{\mu\nu}} = x^\mu c^\nu$, $\partial_\mu y = A_{\nu\mu}c^\nu$", "HHHF"),
        ("ex1", r"$y = g_{\mu\nu}x^\mu x^\nu$ with the Euclidean metric $g_{\mu\nu} = \delta_{\mu\nu}$. $\partial_\mu y = 2x_\mu$", "~~H"),
        ("ex2", r"$\frac{\partial A}{\partial a_{ij}} = E_{ij}$ (a one at place $ij$), $\frac{\partial y}{\partial a_{ij}} = \operatorname{tr}(E_{ij}B) = e_j^TBe_i = b_{ji}$, $\operatorname{tr}(E_{ij}B) = b_{ij}$", "HHHHF"),
        ("ex4_chain", r"$\frac{\partial F}{\partial s_{kl}} = AE_{kl}$, $\frac{\partial J}{\partial s_{kl}} = -2\langle X-F, AE_{kl}\rangle = -2(A^T(X-F))_{kl}$, $\frac{\partial F}{\partial a_{kl}} = E_{kl}S$, $\frac{\partial F}{\partial a_{kl}} = SE_{kl}$", "HHHH-"),
        ("batch_norm", r"$\overline{x}_{\bullet j} = \frac{1}{N}\sum_i x_{ij}$, $\frac{\partial\overline{x}_{\bullet j}}{\partial x_{kj}} = \frac1N$, $\frac{\partial\overline{x}_{\bullet j}}{\partial x_{kl}} = \frac1N\delta_{jl}$, $\frac{\partial\overline{x}_{\bullet j}}{\partial x_{kl}} = \frac1N$", "HHH-"),
        ("ex1", r"$\|x\|^2 = r^2$, $y = r^2$, $r = \|x\|$, $\frac{\partial r}{\partial x} = x/r$", "~~~~"),
        ("ex1", r"$f_{x_1} = 2x_1$, $f_{x_i} = 2x_i$, $f_{x_ix_j} = 2\delta_{ij}$, $f_{xx} = 2I$", "~H~~"),
        ("softmax", r"$\max_j x_j = m$, $y_i = e^{x_i-m}/\sum_je^{x_j-m}$", ".H"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_indices_are_read_as_their_writer_means_them(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert len(found) == len(wanted) and all(map(fits, found, wanted)), f"{text}\n found {found}, wanted {wanted}"


def test_a_step_is_shown_as_it_was_written() -> None:
    """What is read as something else is not shown as that."""
    text = r"Euclidean metric $\eta_{ab}$. $y = \eta_{ab}x^ax^b$, $y_{,c} = 2x_c$"
    steps = read_writeup(text, EXERCISES["writeup_ex1"]).steps
    assert [step.right for step in steps] == [r"\eta_{ab}x^ax^b", "2x_c"] and steps[1].left == "y_{,c}"
    (step,) = read_writeup(r"$\frac{\partial A}{\partial A_{ij}} = J^{ij}$", EXERCISES["writeup_ex2"]).steps
    assert step.right == "J^{ij}"
