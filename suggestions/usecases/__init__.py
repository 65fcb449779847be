"""The verbs: each with plain arguments, one transaction and one commit."""
