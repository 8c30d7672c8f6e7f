"""How the lifter's weights are made: rendered people, what MediaPipe sees of them, and a small network between."""
