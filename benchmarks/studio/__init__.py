"""A film studio: renders a person in a room whose joint angles are known exactly.

World axes, metres: x to the person's left, y backwards (the person faces -y), z up, floor at z = 0.
"""
