"""What a language model says, checked sentence by sentence against what its tools returned.

Figures, dates, names and citations are read from each sentence and looked up in the turn's
evidence. Reading and judging are pure; `middleware` alone knows the agent.
"""
