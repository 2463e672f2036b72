"""Repairs of a submitted notebook before it is graded."""

from nbgrader.preprocessors import NbGraderPreprocessor


class ForgetEmptyMetadata(NbGraderPreprocessor):
    """Makes a copied cell an ordinary one.

    nbgrader empties the metadata of a cell whose id is there twice and keeps the last; its own next step, which puts deleted
    cells back, then fails on the empty metadata. This belongs between the two.
    """

    def preprocess_cell(self, cell, resources, index):
        """Called by nbconvert for each cell; returns the cell and the resources."""
        if "nbgrader" in cell.metadata and not cell.metadata["nbgrader"].get("grade_id"):
            del cell.metadata["nbgrader"]
        return cell, resources
