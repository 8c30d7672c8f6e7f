"""The GLSL that draws the room and the person. Colours are linear light until the last line."""

LAYERS = ("SKIN", "FACE", "SHIRT", "TROUSERS", "SHOES", "SHORT_HAIR", "LONG_HAIR", "EYES")


def of_layer(fragment: str, layer: str) -> str:
    """The person's fragment shader for one layer alone: nothing is worked out that the layer does not show."""
    numbers = "".join(f"#define {name} {number}\n" for number, name in enumerate(LAYERS))
    return f"#version 330\n{numbers}#define LAYER {layer}\n{fragment}"


NOISE = """
float hash(vec3 p) { p = fract(p * .3183099 + .1);
    p *= 17.; return fract(p.x * p.y * p.z * (p.x + p.y + p.z)); }
float noise(vec3 x) {
    vec3 i = floor(x), f = fract(x); f = f * f * (3. - 2. * f);
    vec3 x1 = vec3(1, 0, 0), y1 = vec3(0, 1, 0), z1 = vec3(0, 0, 1);
    vec4 low = vec4(hash(i), hash(i + y1), hash(i + z1), hash(i + y1 + z1));
    i += x1; vec4 high = vec4(hash(i), hash(i + y1), hash(i + z1), hash(i + y1 + z1));
    vec4 four = mix(low, high, f.x); vec2 two = mix(four.xz, four.yw, f.y);
    return mix(two.x, two.y, f.z);
}
"""

# one shadowed lamp (window or ceiling panel), light from all round, a weak lamp behind the camera
LIGHT = """
uniform sampler2D shadow_map; uniform mat4 to_lamp; uniform vec3 lamp; uniform vec3 eye;
uniform vec3 lamp_colour; uniform vec3 sky; uniform vec3 ground;
const vec2 DISC[8] = vec2[](vec2(-.326,-.406), vec2(-.840,-.074), vec2(-.696,.457), vec2(-.203,.621),
    vec2(.962,-.195), vec2(.519,.767), vec2(.185,-.893), vec2(.507,.064));
float lit(vec3 p, vec3 n) {
    vec4 q = to_lamp * vec4(p + n * .012, 1.); vec3 s = q.xyz / q.w * .5 + .5;
    if (s.x < 0. || s.x > 1. || s.y < 0. || s.y > 1. || s.z > 1.) return 1.;
    vec2 at = gl_FragCoord.xy;
    vec2 turned = normalize(fract(at * vec2(.7549, .5698) + at.yx * vec2(.3247, .1347)) - .5);
    mat2 spin = mat2(turned, vec2(-turned.y, turned.x));
    // a slanting surface must not shade itself: taps that reach along it may differ more in depth
    float facing = max(dot(n, lamp), .2), margin = .001 + .0044 * sqrt(1. - facing * facing) / facing;
    float sum = 0.;
    for (int i = 0; i < 8; i++)
        sum += step(s.z - margin, texture(shadow_map, s.xy + spin * DISC[i] * .011).r);
    return sum / 8.;
}
vec3 shade(vec3 colour, vec3 p, vec3 n, float wrap, float gloss, float seen) {
    vec3 v = normalize(eye - p); if (dot(n, v) < 0.) n = -n;
    float facing = clamp((dot(n, lamp) + wrap) / (1. + wrap), 0., 1.);
    vec3 direct = lamp_colour * facing * mix(.12, 1., seen);
    vec3 round = mix(ground, sky, .5 + .5 * n.z) + .10 * max(dot(n, v), 0.);
    float corner = mix(.72, 1., smoothstep(0., .35, p.z + .25 * abs(n.z) * step(p.z, .01) * 4.));
    vec3 halfway = normalize(lamp + v);
    float shine = gloss * pow(max(dot(n, halfway), 0.), 24.) * seen;
    return colour * (direct + round * corner) + shine * lamp_colour * .25;
}
vec3 develop(vec3 c) { c = max(c, 0.); c = c * (1. + c * .12) / (1. + c * .42); return pow(c, vec3(1. / 2.2)); }
"""

ROOM_VERTEX = """#version 330
in vec3 position; in vec3 normal; in vec3 colour; in float material; uniform mat4 camera;
out vec3 p; out vec3 n; out vec3 c; flat out float m;
void main() { p = position; n = normal; c = colour; m = material; gl_Position = camera * vec4(position, 1.); }
"""

PAINT_FRAGMENT = (
    "#version 330\nin vec3 p; in vec3 n; in vec3 c; flat in float m; out vec4 pixel; uniform float lamp_share;\n"
    + NOISE
    + LIGHT
    + """
void main() {
    vec3 colour = c; float gloss = 0.;
    if (m == 1.) {  // floor boards
        float board = floor(p.x / .14); float along = p.y + hash(vec3(board, 1., 7.)) * 1.7;
        float plank = hash(vec3(board, floor(along / 1.7), 3.));
        float grain = noise(vec3(p.x * 90., along * 5., plank * 9.)) * .6
            + noise(vec3(p.x * 30., along * 1.5, 2.)) * .4;
        float gap = min(fract(p.x / .14), 1. - fract(p.x / .14));
        colour *= (.80 + .25 * plank) * (.82 + .3 * grain) * mix(.55, 1., smoothstep(0., .02, gap)); gloss = .35;
    } else if (m == 2.) {  // plaster
        colour *= .96 + .05 * noise(p * 60.) + .04 * noise(p * 2.);
        if (n.z < -.9) colour *= 1.8;  // a ceiling is lit by what it sees of the whole room
    } else if (m == 3.) {  // cloth, leather
        colour *= .9 + .12 * noise(p * 150.) + .06 * noise(p * 9.); gloss = .1;
    } else if (m == 4.) {  // a print in a frame
        float a = noise(p * 4.), b = noise(p * 11. + 5.);
        colour = mix(vec3(.75, .78, .74), c, smoothstep(.35, .6, a));
        colour = mix(colour, vec3(.15, .25, .32), smoothstep(.6, .7, b) * .7);
    } else if (m == 5.) {  // carpet, mat
        colour *= .75 + .5 * noise(p * 220.);
    } else if (m == 6.) {  // a bright window
        pixel = vec4(c * (1.15 + .1 * noise(p * 1.5)), 1.); return;
    }
    pixel = vec4(shade(colour, p, normalize(n), 0., gloss, lamp_share), 1.);
}
"""
)

ROOM_FRAGMENT = (
    "#version 330\nin vec3 p; in vec3 n; out vec4 pixel; uniform sampler2D in_shadow, in_light;\n"
    + NOISE
    + LIGHT
    + """
void main() {
    ivec2 here = ivec2(gl_FragCoord.xy); float seen = dot(n, lamp) > 0. ? lit(p, normalize(n)) : 0.;
    pixel = vec4(develop(mix(texelFetch(in_shadow, here, 0).rgb, texelFetch(in_light, here, 0).rgb, seen)), 1.);
}
"""
)

PERSON_VERTEX = """#version 330
in vec3 position; in vec3 normal; in vec3 at_rest; in vec2 uv; in vec3 along; in float head; uniform mat4 camera;
out vec3 p; out vec3 n; out vec3 r; out vec3 a; out vec2 t; out float h;
void main() {
    p = position; n = normal; r = at_rest; a = along; t = uv; h = head; gl_Position = camera * vec4(position, 1.);
}
"""

# which part of the surface a layer shows: the same for the picture and for the shadow
CUT = """
uniform vec3 eyes; uniform float eye_half; uniform float sleeve, trouser_leg, ankle, hem, waist, collar, neck_y;
bool below_collar(vec3 r, float margin) { return r.z < collar + .55 * (r.y - neck_y) - margin || abs(r.x) > .095; }
bool in_shirt(vec3 r, vec3 a, float margin) {
    return a.x < sleeve - margin && a.z > hem + margin + .01 * sin(r.x * 14.) && a.y < .5
        && below_collar(r, margin);
}
bool in_trousers(vec3 a, float margin) { return a.x < -.5 && a.z < waist - margin && a.y < trouser_leg - margin; }
bool in_shoe(vec3 a, float margin) { return a.y > ankle + margin; }
bool dropped(vec3 r, vec3 a) {
    return LAYER == SKIN || LAYER == FACE ? in_shirt(r, a, .03) || in_trousers(a, .03) || in_shoe(a, .02)
        : LAYER == SHIRT ? !in_shirt(r, a, 0.)
        : LAYER == TROUSERS ? !in_trousers(a, 0.) || in_shirt(r, a, .03)
        : LAYER == SHOES ? !in_shoe(a, 0.)
        : LAYER == LONG_HAIR ? r.z < collar - .02 || r.y - eyes.y < .05 && r.z - eyes.z < 1.9 * eye_half
        : false;
}
"""

PERSON_FRAGMENT = (
    "in vec3 p; in vec3 n; in vec3 r; in vec3 a; in vec2 t; in float h; out vec4 pixel;\n"
    + NOISE
    + LIGHT
    + CUT
    + """
uniform vec3 colour, hair_colour; uniform float stripes, beard; uniform sampler2D face_mask;
vec3 bare(vec3 skin) { return skin * (.90 + .10 * noise(r * 70.) + .10 * noise(r * 18.)); }
vec3 face(vec3 skin) {
    vec3 q = r - eyes; float x = abs(q.x), k = eye_half / .033; vec4 mask = texture(face_mask, t);
    vec3 c = bare(skin);
    float cheek = smoothstep(.03, .0, length(vec2(x - .040 * k, q.z + .040 * k))) * step(q.y, .04);
    c = mix(c, skin * vec3(1.05, .80, .76), .35 * cheek);
    c = mix(c, skin * vec3(.86, .50, .50), .75 * mask.r);          // lips
    c = mix(c, skin * vec3(.70, .58, .55), .55 * mask.g);          // lids
    if (q.y < .05 && h > .9) {
        float arch = k * (.0185 + .005 * cos((x / k - .030) / .033 * 1.7));
        float brow = (1. - smoothstep(.0035, .0055, abs(q.z - arch))) * smoothstep(.010, .016, x)
            * (1. - smoothstep(.046, .058, x));
        c = mix(c, hair_colour * .8, .8 * brow * (.6 + .4 * noise(r * 900.)));
        float jaw = smoothstep(-.045, -.065, q.z) * smoothstep(.11, .06, abs(q.z + .085) + .3 * q.y);
        jaw *= 1. - mask.r;
        c = mix(c, hair_colour, beard * jaw * (.55 + .45 * noise(r * 600.)));
    }
    return c;
}
float scalp() {  // 1 where hair grows
    vec3 q = r - eyes; float k = eye_half / .033;
    float line = k * .066 - .95 * max(q.y - .010, 0.) + .008 * noise(r * 60.);
    float cap = smoothstep(-.004, .004, q.z - max(line, -.075 * k));
    float ear = 1. - smoothstep(.012, .02, length(vec2(q.y - .098 * k, q.z + .01)) - .03);
    ear *= smoothstep(.060 * k, .068 * k, abs(q.x));
    return cap * (1. - ear) * step(.9, h);
}
float strands(float along) { return noise(vec3(r.x * 320., r.y * 320., r.z * along)); }
void main() {
    if (dropped(r, a)) discard;
    vec3 c = colour; float wrap = .25, gloss = .04;
#if LAYER == SKIN
    c = bare(colour); gloss = .16; wrap = .35;
#elif LAYER == FACE
    c = mix(face(colour), hair_colour * (.6 + .6 * strands(60.)), scalp()); gloss = .16; wrap = .35;
#elif LAYER == SHIRT || LAYER == TROUSERS
    c *= .88 + .14 * noise(r * 260.) + .10 * noise(r * 7.);
    if (LAYER == SHIRT && stripes > 0.) c = mix(c, vec3(.75), stripes * step(.5, fract(r.z * 22.)));
#elif LAYER == SHOES
    c = mix(c, vec3(.7), step(r.z, .022)); gloss = .2;
#elif LAYER == SHORT_HAIR
    if (scalp() < .5) discard;
    c = hair_colour * (.45 + .9 * strands(25.)); gloss = .12;
#elif LAYER == LONG_HAIR
    c = hair_colour * (.45 + .9 * strands(18.)); gloss = .12;
#elif LAYER == EYES
    vec3 d = normalize(r - vec3(sign(r.x) * eye_half, eyes.yz)); float off = degrees(acos(clamp(-d.y, -1., 1.)));
    c = off < 12. ? vec3(.01) : off < 27. ? hair_colour * .5 + vec3(.05, .06, .06) : vec3(.75, .72, .70);
    gloss = .6;
#endif
    vec3 outward = normalize(n);
    if (!gl_FrontFacing) outward = -outward;
    float seen = dot(outward, lamp) > -wrap ? lit(p, outward) : 0.;
    pixel = vec4(develop(shade(c, p, outward, wrap, gloss, seen)), 1.);
}
"""
)

BARE_VERTEX = """#version 330
in vec3 position; uniform mat4 camera; void main() { gl_Position = camera * vec4(position, 1.); }
"""
SHADOW_FRAGMENT = "#version 330\nvoid main() {}\n"
MARKER_FRAGMENT = "#version 330\nout vec4 pixel; void main() { pixel = vec4(1.); }\n"

PERSON_SHADOW_VERTEX = """#version 330
in vec3 position; in vec3 at_rest; in vec3 along; uniform mat4 camera; out vec3 r; out vec3 a;
void main() { r = at_rest; a = along; gl_Position = camera * vec4(position, 1.); }
"""
PERSON_SHADOW_FRAGMENT = "in vec3 r; in vec3 a;\n" + CUT + "void main() { if (dropped(r, a)) discard; }\n"
