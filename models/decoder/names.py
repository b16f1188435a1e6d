"""First names of the tasks, and which of them, and which pairs of them, training never puts into an indirect-object sentence."""

WOMEN = """Mary Anna Emma Lucy Sarah Laura Alice Susan Karen Nancy Julia Helen Rachel Grace Diana Clara Rose Ella Kate Jane
Amy Lisa Nora Ruth Zoe Ann Eve Mia Jill Beth Dora Faye Gina Hope Joan Lily Molly Olive Pam Rita Sue Vera Wendy""".split()
MEN = """John Tom Jack Paul Mark James Peter David Kevin Brian Steven Daniel Simon Andrew Martin Oliver Henry George Adam
Bill Bob Ken Nick Ryan Sam Jim Dan Max Leo Luke Alex Carl Eric Fred Greg Jason Kyle Matt Neil Oscar Ralph Scott Todd
Wayne""".split()
NAMES = WOMEN + MEN
HELD_OUT_NAMES = "Jane Carl Lisa Oscar Wendy Fred Molly Kyle Beth Leo Rita Simon".split()
SEEN_NAMES = [name for name in NAMES if name not in HELD_OUT_NAMES]
HELD_OUT_PAIRS = 10  # one pair of seen names in so many is held out


def fingerprint(*words):
    """A small number that depends on the words alone, the same on every machine."""
    return sum(ord(letter) * (i + 7) for word in words for i, letter in enumerate(word))


def pair_is_held_out(one, other):
    return fingerprint(one, other) % HELD_OUT_PAIRS == 0


def his_or_her(name):
    return "her" if name in WOMEN else "his"
