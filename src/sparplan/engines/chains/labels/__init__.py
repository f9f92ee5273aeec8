"""Label setting: the cheapest chains of one participant at given prices."""
