"""What stands above and below a symbol: powers, transpositions, indices, labels."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import (
    Derivative,
    Function,
    Indexed,
    Name,
    Node,
    Norm,
    Number,
    Operator,
    Power,
    Primed,
    Slice,
    Transposed,
)
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word, text_of

MOST_SCRIPTS = 12


class Scripts:
    """The part of :class:`matrix_checks.derivations.reading.grammar.Parser` that reads scripts."""

    def _scripts(self, atom: Node) -> Node:
        for _ in range(MOST_SCRIPTS):
            if self._peek() == "^":
                self._next()
                atom = self._raised(atom)
            elif self._peek() == "'":
                self._next()
                start = self._place
                if isinstance(atom, Name) and atom.text.islower():
                    self._skip_point(at_least=1)
                # f'(x) is a derivative, A' a transposed matrix.
                atom = Derivative(atom, Name("")) if self._place > start else Primed(atom)
            elif self._peek() == "_" and not isinstance(atom, (Derivative, Operator)):
                self._next()
                atom = self._lowered(atom)
            elif self._peek() == "[" and isinstance(atom, Name) and self._index_follows():
                self._next()
                atom = Indexed(atom, self._indices("]"))
            else:
                return atom
        raise NotUnderstood("so many scripts at one symbol were not understood")

    def _skip_point(self, at_least: int) -> None:
        """Pass over ``(x)`` or ``(A, S)`` behind a function: it is taken where its variables are."""
        if self._peek() != "(":
            return
        ahead, names = 1, 0
        while True:
            token = self._peek(ahead)
            if not (isinstance(token, str) and len(token) == 1 and token.isalpha()):
                return
            names += 1
            ahead += 3 if self._peek(ahead + 1) == "_" and self._peek(ahead + 2) == "0" else 1
            if self._peek(ahead) == ")":
                break
            if self._peek(ahead) != ",":
                return
            ahead += 1
        if names >= at_least:
            self._place += ahead + 1

    def _index_follows(self) -> bool:
        """Whether ``[`` begins an index as in code: ``gradOutput[i, :]``."""
        inside = []
        for ahead in range(1, 8):
            token = self._peek(ahead)
            if token == "]":
                return bool(inside) and all(
                    each in (",", ":") or (isinstance(each, str) and len(each) == 1 and each.isalnum()) for each in inside
                )
            inside.append(token)
        return False

    def _raised(self, atom: Node) -> Node:
        content = self._script()
        words = [token.text if isinstance(token, Word) else token for token in content]
        if words in (["T"], ["\\top"], ["t"]) or (words and all(word in ("\\prime", "'") for word in words)):
            return Transposed(atom)
        if not content:
            return atom
        if words in (["-", "T"], ["-", "\\top"]):
            raise NotUnderstood("an inverse was not understood")
        exponent = type(self)(content, self._known)._inherit(self).whole()
        if isinstance(atom, Name) and atom.text == "e" and "e" not in self._known:
            return Function("exp", (exponent,))
        return Power(atom, exponent)

    def _inherit(self, outer) -> "Scripts":
        self._depth = outer._depth + 1
        return self

    def _script(self) -> list[Token]:
        """The tokens of a sub- or superscript, without braces."""
        token = self._next()
        if token != "{":
            if token == "\\frac":
                return [token, *self._braced(), *self._braced()]
            return [token]
        return self._braced(opened=True)[1:-1]

    def _braced(self, opened: bool = False) -> list[Token]:
        content: list[Token] = ["{"]
        if not opened and not self._take("{"):
            token = self._next()
            if isinstance(token, str) and token.isdecimal() and len(token) > 1:
                # \\frac12 is one half.
                self._place -= 1
                self._tokens = [*self._tokens[: self._place], token[1:], *self._tokens[self._place + 1 :]]
                token = token[0]
            return ["{", token, "}"]
        depth = 1
        while depth:
            token = self._next()
            depth += {"{": 1, "}": -1}.get(token, 0) if isinstance(token, str) else 0
            content.append(token)
        return content

    def _lowered(self, atom: Node) -> Node:
        content = self._script()
        label = "".join(token.text if isinstance(token, Word) else token.lstrip("\\") for token in content).replace("_", "")
        if isinstance(atom, Name):
            if f"{atom.text}_{label}" in self._known:
                return Name(f"{atom.text}_{label}")
            if label == "0" or (label in ("F", "Fro") and atom.text not in self._known):
                return atom
            if atom.text == "\\delta":
                return Function("delta", self._index_list(content))
            if any(isinstance(token, Word) and len(token.text) > 1 for token in content) or (len(label) > 3 and label.isalpha()):
                return Name(f"{atom.text}_{label}")
        if isinstance(atom, Norm) or (isinstance(atom, Power) and isinstance(atom.body, Norm)):
            return atom
        return Indexed(atom, self._index_list(content))

    def _index_list(self, content: list[Token]) -> tuple[Node, ...]:
        return type(self)([*content, "]"], self._known)._inherit(self)._indices("]")

    def _indices(self, end: str) -> tuple[Node, ...]:
        found: list[Node] = []
        while not self._take(end):
            token = self._next()
            if token == ",":
                continue
            if token in (":", "*", "\\cdot", "\\bullet"):
                found.append(Slice())
            elif isinstance(token, str) and token.isdecimal():
                # Two digits without a comma are two indices: no size here has two digits.
                found += [Number(Fraction(int(digit))) for digit in token] if len(token) == 2 else [Number(Fraction(int(token)))]
            elif isinstance(token, str) and len(token) == 1 and token.isalpha():
                name = Name(token)
                if self._peek() == "_":
                    self._next()
                    name = Name(f"{token}_{text_of(self._script())}")
                found.append(name)
            else:
                self._place -= 1
                raise NotUnderstood(self._quote())
        if not found:
            raise NotUnderstood("an index is missing")
        return tuple(found)
