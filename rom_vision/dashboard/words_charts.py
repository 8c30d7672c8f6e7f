"""What charts and tables say at their axes, in their heads and beside the pointer."""

from rom_vision.language import Text, Texts


class ChartWords:
    """What charts and tables say at their axes, in their heads and beside the pointer."""

    DAY = Text("%-d %b %Y", "a date, as d3-time-format writes it")
    SIDES = Texts[str]({"left": "left", "right": "right", "midline": "midline"})
    DEGREES = Text("Degrees")
    SESSION = Text("Session")
    SIDE = Text("Side")
    PEAK = Text("Peak")
    AT_LEAST = Text("At least")
    AT_MOST = Text("At most")
    AGAINST_THE_FIRST = Text("Against the first")
    OF_THE_MOVEMENT = Text("Per cent of the movement")
    PER_CENT = Text("Per cent")

    START_POSITION = Text("Start", "the angle at which a repetition starts")
    RANGE = Text("Range")
    FROM = Text("From (s)")
    TO = Text("To (s)")
    HELD = Text("Held (s)")
    SPEED = Text("Speed (°/s)")
    NUMBER = Text("No.", "number of a repetition")


words_charts = ChartWords()
