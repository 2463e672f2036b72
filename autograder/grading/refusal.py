"""The page of a student whose submission was not graded."""

from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.pages.page import render_offline

WHAT_TO_DO = (
    "Open the notebook in Jupyter, save it, and hand in the file that ends in `.ipynb` once more. If it does not open, write to "
    "whoever teaches this course, and send the file as it is."
)


def page_of_refusal(name: str, title: str, reasons: list[str]) -> bytes:
    """A page that says why a submission was not graded, and what to do.

    Parameters
    ----------
    name
        What the student is called.
    title
        Of the assignment.
    reasons
        A sentence each; names of files in them may be anybody's.
    """
    lines = "\n".join(f"- {plain(reason)}" for reason in reasons)
    heading = f"# {plain(name)}\n\n## {plain(title)}: not graded yet"
    text = f"{heading}\n\nNothing was lost, and no marks were given or taken.\n\n{lines}\n\n{WHAT_TO_DO}"
    return render_offline(new_notebook(cells=[new_markdown_cell(text)]), strict=False).encode()


def plain(text: str) -> str:
    """A text in which nothing is Markdown, and no address becomes a link."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in text)
    return "".join(f"&#{ord(letter)};" if letter in "<>&`*_[]()!$\\|#~:" else letter for letter in printable)
