"""Places, catalogue, parameters, rules and graph, frozen; and their compiled form."""
