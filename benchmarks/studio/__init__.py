"""A film studio: renders a person in a room whose joint angles are known exactly.

World axes, metres: x to the person's left, y backwards (the person faces -y), z up, floor at z = 0.

A film is made in this order, one file a step:

    body        Anny's people at rest, with anatomical joint centres
    skeleton    clinical terms ("left knee flexion" 90) -> joint centres and bone motions
    truth       joint centres -> the angles of the movement catalogue
    postures    standing, sitting, lying: how the body is held
    manners     how each movement test is done, and what goes along
    movement    a script of repetitions -> the whole body over time
    grips, stance, stepping, reaching, therapist    a second person, whose hands follow the client's limb
    wardrobe    clothes and hair, cut from hulls around the body
    scene       shapes; furniture: the room, the chair, the couch
    camera      where it stands, what its lens does
    person, shaders, picture    the drawing
    sensor      exposure and grain
    film        clock, video file, truth file
    cache       films that are kept
    samples     the clips in sample_videos/

    >>> from benchmarks.studio.cache import filmed                                      # doctest: +SKIP
    >>> from benchmarks.studio.samples import SAMPLES                                   # doctest: +SKIP
    >>> oblique = replace(take := SAMPLES["right_knee_flexion"],
    ...                   camera=replace(take.camera, azimuth_deg=-45))                 # doctest: +SKIP
    >>> video = filmed(oblique)  # its truth beside it: .json and .npz                  # doctest: +SKIP
"""
