"""Markdown in a notebook; in a terminal, its source."""


def show(markdown: str) -> None:
    """Show Markdown typeset where that is possible."""
    try:
        from IPython import get_ipython
        from IPython.display import Markdown, display
    except ImportError:
        print(markdown)
        return
    if get_ipython() is None:
        print(markdown)
    else:
        display(Markdown(markdown))
