"""What the pages say about the clinical record: its fields and its choices."""

from datetime import date

from rom_vision.exchange import captions
from rom_vision.language import Text, Texts, number_text, say
from rom_vision.movements import (
    load_end_feels,
    load_findings,
    load_pain_qualities,
    load_techniques,
    movement_test,
)
from rom_vision.records import (
    Adherence,
    Client,
    Consent,
    Entry,
    Exercise,
    Goal,
    History,
    MovementFinding,
    PalpationFinding,
    Referral,
    Session,
    Treatment,
)
from rom_vision.records.tables_practice import ForceUnit


class RecordWords:
    """What the pages say about the clinical record: its fields and its choices."""

    CLIENT = Text("Client")
    ASSESSMENT = Text("Assessment")
    HISTORY = Text("History and referral")
    TREATMENT = Text("Treatment")
    HOME = Text("Home programme")
    EDIT = Text("Change")
    SAVE = Text("Save")
    DELETE = Text("Delete")
    DELETED = Text("Deleted.")
    UNDO = Text("Undo")
    NOTHING = Text("Nothing is written down yet.")
    LINKED = Text("What it has to do with")
    BY_DAY = Text("By", "a day")
    NOT_SAID = Text("not said")
    SESSION = Text("Session")
    SESSION_FIRST = Text("Findings and treatments belong to a session: add one first.")
    YES_NO = Texts[bool]({True: "Yes", False: "No"})
    COMMA_SEPARATED = Text("Several with commas between them.")

    KINDS = Texts[type[Entry]](
        {
            Consent: "Consents",
            Referral: "Referrals",
            History: "Past injuries, surgeries and conditions",
            Goal: "Goals of the series",
            Exercise: "Exercises",
            Session: "Sessions",
            PalpationFinding: "Palpation",
            MovementFinding: "Movement tests",
            Treatment: "Treatments",
        }
    )
    """Each kind of entry in the plural."""
    ADD = Texts[type[Entry]](
        {
            Consent: "Add a consent",
            Referral: "Add a referral",
            History: "Add to the history",
            Goal: "Add a goal",
            Exercise: "Add an exercise",
            Session: "Add a session",
            PalpationFinding: "Add a finding",
            MovementFinding: "Add a test by hand",
            Treatment: "Add a treatment",
        }
    )
    """The button that adds one."""

    FIELDS = Texts[str](
        {
            "purpose": "For", "given_on": "Given on", "withdrawn_on": "Withdrawn on", "note": "Note",
            "physician": "Physician", "practice": "Practice", "written_on": "Written on", "diagnosis": "Diagnosis",
            "icd10": "ICD-10 codes", "techniques": "Techniques", "other_technique": "Other technique, in words",
            "sessions_ordered": "Sessions ordered", "how_often": "How often", "precautions": "Precautions",
            "contraindications": "Contraindications", "valid_until": "Valid until", "kind": "Kind",
            "what": "What", "on": "Day", "age_years": "Or at the age of", "region": "Region", "side": "Side",
            "limits": "Tests that must not be done", "aim": "Aim", "yardstick": "Told by",
            "movement": "Movement test", "mode": "Mode", "target_deg": "Target in degrees",
            "target_pain": "Target pain (0–10)", "by": "By", "repetitions": "Repetitions",
            "times_a_week": "Times a week", "starts_on": "From", "until": "Until",
            "referral_id": "Under the referral", "therapist": "Therapist", "subjective": "Subjective",
            "objective": "Objective", "assessment": "Assessment", "plan": "Plan", "red_flags": "Red flags",
            "session_id": "Session", "face": "Seen from", "x": "Place across (0–1)", "y": "Place down (0–1)",
            "pain": "Pain (0–10)", "quality": "Quality of the pain", "referral_area": "Pain is sent to",
            "level": "Level (like C6)", "muscle": "Muscle", "measurement_id": "Measurement",
            "value_deg": "Angle in degrees", "uncertainty_deg": "± degrees",
            "painful_from_deg": "Painful from (°)", "painful_to_deg": "Painful to (°)", "end_feel": "End feel",
            "strength": "Strength (0–5)",
            "concordant": "The pain the client came for?", "regions": "Regions", "minutes": "Minutes",
            "response": "How the client took it", "pain_before": "Pain before (0–10)",
            "pain_after": "Pain after (0–10)",
        },
        "a field",
    )  # fmt: skip

    _CHOICES = Texts[str](
        {
            "left": "Left", "right": "Right", "front": "Front", "back": "Back",
            "active": "Active", "passive": "Passive", "resisted": "Resisted",
            "treatment": "Treatment", "filming": "Filming", "keeping_videos": "Keeping videos",
            "report_to_physician": "Report to the physician", "research": "Research", "other": "Other",
            "first_assessment": "First assessment", "re_assessment": "Re-assessment", "home": "Home",
            "injury": "Injury", "surgery": "Surgery", "condition": "Condition", "medication": "Medication",
            "pain_relieved": "Pain relieved", "motion_regained": "Motion regained",
            "tissue_restored": "Tissue restored", "pain_scale": "The pain scale",
            "movement_test": "A movement test", "finding": "A palpation finding",
            "film": "Film", "goniometer": "Goniometer", "eye": "By eye",
        },
        "a choice",
    )  # fmt: skip

    def force(self, unit: ForceUnit) -> str:
        """The field of a force, in the practice's unit."""
        return say("Force in {unit}", unit=unit)

    def choice(self, value: str) -> str:
        """A choice as people say it: the vocabulary's name where it has one."""
        for terms in (load_findings(), load_end_feels(), load_pain_qualities(), load_techniques()):
            if value in terms:
                return terms[value].name
        return self._CHOICES[value]

    def head(self, client: Client, on: date) -> str:
        """Who it is, in a line under the name."""
        age = client.age_years(on)
        years = None if age is None else say("{age} years", age=int(age))
        parts = (client.id, client.sex and say(client.sex), years, client.contact)
        return " · ".join(part for part in parts if part)

    def session(self, held: Session) -> str:
        """A session in a list."""
        return f"{captions.day(held.on)} · {self.choice(held.kind)}"

    def used(self, used: int, ordered: int, valid_until: date | None, on: date) -> str:
        """How far an order is used up, and until when it holds."""
        if valid_until is None:
            return say("{used} of {ordered} sessions used", used=used, ordered=ordered)
        over = valid_until < on
        return say(
            "{used} of {ordered} sessions used, ended {day}"
            if over
            else "{used} of {ordered} sessions used, valid until {day}",
            used=used,
            ordered=ordered,
            day=captions.day(valid_until),
        )

    def sessions_used(self, referral: Referral, on: date) -> str:
        """The same of a referral."""
        return self.used(referral.sessions_used, referral.sessions_ordered, referral.valid_until, on)

    def adherence(self, kept: Adherence) -> str:
        """How an exercise was kept."""
        done = say("nothing due yet")
        if kept.share is not None:
            share = number_text(kept.share, ".0%")
            done = say("{done} of {due} times ({share})", done=kept.done, due=kept.due, share=share)
        return f"{self.exercise(kept.exercise)}: {done}"

    def exercise(self, entry: Exercise) -> str:
        """What an exercise is filmed as."""
        return captions.title(movement_test(entry.movement), entry.side, "active")


words_record = RecordWords()
