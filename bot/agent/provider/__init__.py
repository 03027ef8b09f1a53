"""The language model's side of the agent: what it is sent, how long it may take, who steps in.

`calling`, `history`, `preselection` and `stepping_in` are a piece of middleware each, which the
other files serve; none is installed where the built-in model answers by itself.
"""
