"""The report's headings and legends."""

from rom_vision.language import Text, Texts


class Headings:
    """What stands above and below."""

    TITLE = Text("Report for the physician")
    CLIENT = Text("Client")
    REFERRAL = Text("Referral")
    IN_SHORT = Text("In short")
    FOUND = Text("What was found")
    TESTED = Text("Movement tests")
    PLOTTED = Text("Curves and course")
    TREATED = Text("Treatment given")
    HOME = Text("Home programme")
    GOALS = Text("Goals")
    SUGGESTED = Text("Suggested for the order")
    THERAPIST = Text("Therapist")
    PLACE_DATE = Text("Place, date")


class Beside:
    """What stands before a line of text."""

    DIAGNOSIS = Text("Diagnosis")
    ORDER = Text("Order")
    SESSIONS = Text("Sessions")
    PRECAUTIONS = Text("Precautions")
    CONTRAINDICATIONS = Text("Contraindications")
    AT_HOME = Text("At home")
    PAST = Texts(
        {
            "injury": "Injury", "surgery": "Surgery", "condition": "Condition", "medication": "Medication",
            "massage": "Massage",
        }
    )  # fmt: skip


class Columns:
    """The heads of the tables."""

    FOUND = Texts({"number": "No.", "finding": "Finding, place, dysfunction", "pain": "Pain, 0 to 10"})
    MODES = Texts({"active": "Active", "passive": "Passive", "resisted": "Resisted"})
    TESTED = Texts(
        {
            "movement": "Movement", "side": "Side", "active": "now", "active_pain": "pain", "passive": "now",
            "passive_pain": "pain", "end_feel": "end feel", "strength": "strength", "resisted_pain": "pain",
            "norm": "Norm",
        }
    )  # fmt: skip
    TREATED = Texts(
        {
            "session": "Session", "treatment": "Treatment", "minutes": "Minutes", "pain": "Pain",
            "response": "Response",
        }
    )  # fmt: skip


class Legends:
    """What signs, letters and lines mean."""

    TESTED = Text(
        "Best repetition ± half-width of the 95 % interval, from film (g: goniometer, e: by eye); below, the "
        "change since the first test: ▲ improved, ▼ worsened, = not real, no more than measuring twice can "
        "give. ↓ below the norm, ≠ sides differ. Pain 0 to 10, strength 0 to 5 (Medical Research Council), "
        "first → latest; – not asked. Norm: average of healthy people of that sex and age, and from where it "
        "is usual; * to be confirmed."
    )
    PLOTTED = Text(
        "Curves: the best repetition from its start, the first film dashed, the latest solid. Courses: all "
        "sessions with 95 % intervals."
    )
    CAUTION = Text(
        "Readings by rules of selective tissue tension, whose evidence is weak: they point to something and "
        "are no diagnosis. * to be confirmed."
    )
