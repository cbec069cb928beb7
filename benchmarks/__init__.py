"""How fast it is, as ratios against the floor of the same machine in the same run."""
