r"""Constants at the head of a side, increments of an intermediate variable, lengths of steps, and conditions that are over.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

STEP = r"Scrivo $q(u) = u^Tu$. Derivata: $Dq(u)[h] = \lim_{t\to 0}\frac{q(u+th)-q(u)}{t}$. "
OWN = r"Let $Z = WH$, $J = \|V - Z\|_F^2$. "

KINDS = {
    "a constant before the rest": [
        ("ex4_trace", r"$J = \text{const} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "H"),
        ("ex4_trace", r"$J = \text{const} + 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "F"),
        ("ex4_trace", r"$J = \text{const.} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "H"),
        ("ex4_trace", r"$J = -2\operatorname{tr}(X^TAS) + \text{const} + \operatorname{tr}(S^TA^TAS)$", "H"),
        ("ex4_trace", r"$J = const - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "H"),
        ("ex4_trace", r"$J = \mathrm{const} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "H"),
        ("ex4_trace", r"$J = \text{(terms without S)} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "H"),
        ("ex4_trace", r"$J = \text{Konstante} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "H"),
        ("ex4_trace", r"$J = \text{константа} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "H"),
        ("ex4_trace", r"$J = \text{termes sans } S - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "~"),
        ("ex4_trace", r"$J = \text{Terme ohne S} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "~"),
        ("ex4_trace", r"$J = \text{irgendwas} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "~"),
        ("ex4_trace", r"$J = \underbrace{\text{const}}_{\text{no } S} - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "~"),
        ("ex4_trace", r"$J = c - 2\operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$ with a constant $c$.", "~"),
        ("ex4_trace", r"$J = \text{const} - \operatorname{tr}(X^TAS) + \operatorname{tr}(S^TA^TAS)$", "F"),
        ("ex4_trace", r"$J = -2\operatorname{tr}(X^TAS) + \text{const} + 2\operatorname{tr}(S^TA^TAS)$", "F"),
        ("ex4_trace", r"$\begin{aligned} J &= \text{const} - 2\operatorname{tr}(X^TAS) \\ &\quad + \operatorname{tr}(S^TA^TAS)\end{aligned}$", "H"),
        ("ex1", r"$y = \text{const} + x^Tx$, $y = \text{const} + 2x^Tx$", "HF"),
        ("ex3", r"$y = \text{konst} + x^TAc$", "H"),
        ("ex1", r"$\frac{dy}{dx} = \text{const} + 2x$", "."),
        ("ex1", r"$y = \text{also } x^Tx$", "H"),
        ("ex1", r"$y = \text{minus } x^Tx$", "-"),
    ],
    "increments of an intermediate variable": [
        ("ex4_chain", OWN + r"$J(Z + D) - J(Z) = \|V - Z - D\|_F^2 - \|V - Z\|_F^2 = -2\langle V - Z, D\rangle + \|D\|_F^2$", "HHHH"),
        ("ex4_chain", OWN + r"$J(Z + D) - J(Z) = -2\langle V - Z, D\rangle - \|D\|_F^2$", "HH-"),
        ("ex4_chain", OWN + r"$J(Z + D) - J(Z) = 2\langle V - Z, D\rangle + \|D\|_F^2$", "HHF"),
        ("ex4_chain", OWN + r"$\frac{dJ}{dZ} = -2(V - Z)$, $\frac{dJ}{dH} = W^T\frac{dJ}{dZ} = -2W^T(V - WH)$, $\frac{dJ}{dW} = -2(V - WH)H^T$", "HHHHHH"),
        ("ex4_chain", OWN + r"$\frac{dJ}{dZ} = 2(V - Z)$, $\frac{dJ}{dH} = W\frac{dJ}{dZ}$, $\frac{dJ}{dW} = -2H^T(V - WH)$", "HHFFF"),
        ("ex4_chain", OWN + r"An increment $K$ of $H$: $Z(H+K) - Z(H) = W(H+K) - WH = WK$. $dJ[K] = \langle\frac{dJ}{dZ}, WK\rangle = \langle W^T\frac{dJ}{dZ}, K\rangle$", "HHHHHH"),
        ("ex4_chain", OWN + r"An increment $K$ of $H$: $Z(H+K) - Z(H) = W(H+K) - WH = WK$. $dJ[K] = \langle\frac{dJ}{dZ}, KW\rangle$", "HHHH-"),
        ("ex4_chain", OWN + r"An increment $E$ of $W$: $\langle\frac{dJ}{dZ}, EH\rangle = \langle\frac{dJ}{dZ}H^T, E\rangle$, not $\langle\frac{dJ}{dZ}, EH\rangle = \langle H^T\frac{dJ}{dZ}, E\rangle$", "HHH-"),
        ("ex4_chain", r"$P = BC$, $J = \|Y - P\|_F^2$. $\frac{dJ}{dP} = -2(Y-P)$, $\frac{dJ}{dC} = -2B^T(Y-BC)$, $\frac{dJ}{dB} = -2(Y-BC)C^T$", "HHHHH"),
        ("ex4_chain", r"$P = BC$, $J = \|Y - P\|_F^2$. $\frac{dJ}{dP} = 2(Y-P)$, $\frac{dJ}{dC} = -2B(Y-BC)$", "HHFF"),
        ("ex4_chain", r"$F = AS$, $J = \|X - F\|_F^2$. $J(F + D) - J(F) = -2\langle X - F, D\rangle + \|D\|_F^2$, $J(F + D) - J(F) = \langle X - F, D\rangle + \|D\|_F^2$", "HHHF"),
        ("ex4_chain", r"$Z = WH$, $L = \|V - Z\|_F^2$. $\frac{dL}{dZ} = -2(V - Z)$, $\frac{dL}{dH} = W^T\frac{dL}{dZ}$, $\frac{dL}{dH} = 2W^T\frac{dL}{dZ}$", "HHHHF"),
    ],
    "a general gradient": [
        ("ex3", r"If $dy = \operatorname{tr}(G\, dM)$ then $G$ is the gradient. $y = x^TAc$", "-H"),
        ("ex3", r"If $dy = \langle G, dM\rangle$ then $G$ is the gradient. $\frac{dy}{dA} = xc^T$, $\frac{dy}{dx} = cA$", "HH-"),
        ("ex3", r"$y = x^TAc$. Regel: als $dy = \operatorname{tr}(G^T\, dM)$ dan is $G$ de gradient naar $M$. $dy = \operatorname{tr}(x^T\,dA\,c)$ dus $\frac{dy}{dA} = xc^T$", "HHHH"),
        ("ex2", r"If $dy = \operatorname{tr}(G^T dM)$ then $G$ is the gradient with respect to $M$. $y = \operatorname{tr}(AB)$, $\frac{dy}{dA} = B^T$, $\frac{dy}{dB} = A$", ".HHL"),
    ],
    "the length of a step": [
        ("ex1", STEP + r"\[q(u + th) = (u+th)^T(u+th) = u^Tu + t\,u^Th + t^2 h^Th\]", "H.HF"),
        ("ex1", STEP + r"\[q(u + th) = (u+th)^T(u+th) = u^Tu + 2t\,u^Th + t^2 h^Th\]", "H.HH"),
        ("ex1", STEP + r"\[\frac{q(u+th)-q(u)}{t} = 2u^Th + t\,h^Th\]", "H.H"),
        ("ex1", STEP + r"\[\frac{q(u+th)-q(u)}{t} = u^Th + t\,h^Th\]", "H.F"),
        ("ex1", r"$f(x) = x^Tx$, $\frac{f(x+\epsilon v)-f(x)}{\epsilon} = 2x^Tv + \epsilon v^Tv$, $\frac{f(x+\epsilon v)-f(x)}{\epsilon} = x^Tv + \epsilon v^Tv$", "HHF"),
        ("ex1", r"$f(x) = x^Tx$, $(x+tv)^T(x+tv) = x^Tx + 2t\,x^Tv + t^2v^Tv$, $(x+tv)^T(x+tv) = x^Tx + t\,x^Tv + t^2v^Tv$", "HHF"),
        ("ex2", r"$f(P) = \operatorname{tr}(PQ)$, $\frac{f(P+tK)-f(P)}{t} = \operatorname{tr}(KQ)$, $\frac{f(P+tK)-f(P)}{t} = \operatorname{tr}(KQ^T)$", "HH-"),
        ("ex1", r"$q(u) = u^Tu$, $q(u+sk) = u^Tu + 2s\,u^Tk + s^2k^Tk$, $q(u+sk) = u^Tu + s\,u^Tk + s^2k^Tk$", "HHF"),
    ],
    "a condition that is over": [
        ("ex3", r"$f = u^TMv = \sum_i\sum_j u_iM_{ij}v_j$. (b) wrt $M$: only the term with $i = p$, $j = q$ survives: $\frac{\partial f}{\partial M_{pq}} = u_pv_q$." "\n\n" r"(c) wrt $v$: $\frac{\partial f}{\partial v_q} = \sum_i u_iM_{iq} = (Mu)_q$, $\nabla_v f = Mu$", "HH..HHFF"),
        ("ex3", r"$f = u^TMv = \sum_i\sum_j u_iM_{ij}v_j$. (b) wrt $M$: only the term with $i = p$, $j = q$ survives: $\frac{\partial f}{\partial M_{pq}} = u_pv_q$." "\n\n" r"(c) wrt $v$: $\frac{\partial f}{\partial v_q} = \sum_i u_iM_{iq} = (M^Tu)_q$, $\nabla_v f = M^Tu$", "HH..HHHH"),
        ("ex1", r"only the term with $i = k$ survives: $\frac{\partial y}{\partial x_k} = 2x_k$. So $\frac{dy}{dx} = x$", ".HF"),
        ("ex2", r"$\varphi(P) = \operatorname{tr}(PQ)$, and $Q$ is const ($dQ = 0$): $d\varphi = \operatorname{tr}(dP\,Q + P\,dQ) = \operatorname{tr}(dP\,Q) = \operatorname{tr}(Q\,dP)$", "H.HHH"),
        ("ex2", r"$\varphi(P) = \operatorname{tr}(PQ)$, and $Q$ is const ($dQ = 0$): $d\varphi = \operatorname{tr}(dP\,Q + P\,dQ) = \operatorname{tr}(P\,dP)$", "H.H-"),
        ("ex2", r"$y = \operatorname{tr}(AB)$, with $dB = 0$: $\operatorname{tr}(dA\,B + A\,dB) = \operatorname{tr}(dA\,B)$, $\operatorname{tr}(dA\,B + A\,dB) = \operatorname{tr}(A\,dA^T)$", "H.H-"),
        ("ex3", r"$y = x^TAc$, $x$ and $c$ fixed ($dx = 0$, $dc = 0$): $dy = dx^TAc + x^TdA\,c + x^TA\,dc = x^TdA\,c$", "H..HH"),
        ("ex3", r"$y = x^TAc$, $x$ and $c$ fixed ($dx = 0$, $dc = 0$): $dx^TAc + x^TdA\,c + x^TA\,dc = c^TdA\,x$", "H..-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_what_is_said_is_kept(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
