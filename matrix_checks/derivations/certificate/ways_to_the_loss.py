"""In how many places of a loss a name of the text's own stands: where there is only one, the gradient by it is by all ways."""

from collections.abc import Collection

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.values.exercise import View


def is_on_one_way(views: Collection[View], name: str, loss: str) -> bool:
    """Whether what a name of the text's own stands for is once in what the loss is made of, whichever definition of each name is taken."""
    return all(Ways(view, name).to(loss) == 1 for view in views if loss in view.definitions)


class Ways:
    """In how many places a name, or what it is defined as, stands in an expression, each name in it being one of its definitions.

    Parameters
    ----------
    view, name
        Where names are defined, and the name.
    """

    def __init__(self, view: View, name: str):
        self._view, self._name = view, name
        own = view.definitions.get(view.aliases.get(name, name), ())[:1]
        self._bodies = {self._plain(each.body) for each in own}
        self._counted: dict[str, int] = {}

    def to(self, name: str) -> int:
        """The most places in what a name is made of."""
        text = self._view.aliases.get(name, name)
        if self._name in (name, text):
            return 1
        if text not in self._counted:
            # One that is made of itself leads nowhere.
            self._counted[text] = 0
            bodies = (self._plain(each.body) for each in self._view.definitions.get(text, ()))
            self._counted[text] = max(map(self._in, bodies), default=0)
        return self._counted[text]

    def _in(self, node: kinds.Node) -> int:
        if node in self._bodies:
            # The variance of x - \mu is made of u = x - \mu, too.
            return 1
        return self.to(node.text) if isinstance(node, kinds.Name) else sum(map(self._in, node.parts))

    def _plain(self, node: kinds.Node) -> kinds.Node:
        """An expression without indices and brackets, by the exercise's names."""
        if isinstance(node, (kinds.Indexed, kinds.Group)):
            return self._plain(node.body)
        if isinstance(node, kinds.Name):
            return kinds.Name(self._view.aliases.get(node.text, node.text))
        return node.rebuilt(self._plain)
