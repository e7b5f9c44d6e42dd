"""Which cell is wrong: the disagreements of a quarter → the fewest changes after which everything agrees.

Official statistics call it error localisation (Fellegi and Holt, Journal of the American Statistical Association 71,
1976): of all that would settle what disagrees, the fewest changed cells are the most likely. `system` writes what must
hold as equations over cells, `moves` lists what may have happened to a cell, `search` finds the cheapest explanation,
`explain` tells it in one finding.
"""
