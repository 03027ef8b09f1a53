"""Whole conversations over the demo company, graded by what happened and not by a judge."""
