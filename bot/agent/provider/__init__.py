"""The language model's side of the agent: what it is sent, how long it may take, who steps in.

Each file but `limits`, `tokens` and `schemas` is one piece of middleware; none is installed where
the built-in model answers by itself.
"""
