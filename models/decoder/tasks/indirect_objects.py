"""
Indirect objects: two names, one of them twice, and the other is the answer.

The task and its sentences follow Wang et al. 2022, "Interpretability in the Wild: a Circuit for Indirect Object
Identification in GPT-2 Small", https://arxiv.org/abs/2211.00593.
"""

from ..names import HELD_OUT_NAMES, SEEN_NAMES, pair_is_held_out
from .task import Task

PLACES = """store park school station office garden hospital restaurant library market museum beach zoo house church bank
hotel cafe""".split()
OBJECTS = """drink book ring letter ball kiss computer bone basketball hat cake present flower ticket key pen map bottle
coat""".split()
TEMPLATES = [
    "When {one} and {other} went to the {place}, {giver} gave a {object} to",
    "Then {one} and {other} went to the {place}. {giver} handed a {object} to",
    "After {one} and {other} came to the {place}, {giver} gave a {object} to",
    "While {one} and {other} were at the {place}, {giver} passed a {object} to",
    "{one} and {other} had a long day at the {place}. {giver} sold a {object} to",
    "Yesterday {one} and {other} were in the {place}, and {giver} showed a {object} to",
]
HELD_OUT_TEMPLATE = "Friends {one} and {other} found a {object} at the {place}. So {giver} gave it to"
UNSEEN = {"names": HELD_OUT_NAMES, "pairs": SEEN_NAMES, "template": SEEN_NAMES}


def draw(rng, unseen=None, words=None):
    """
    One sentence. `unseen` says what training never shows: None (all seen), "names" (names that are in no sentence of
    this task), "pairs" (two names that are never together) or "template" (the sentence around them). `words` stand
    in for names: "When chair and green went to the store, green gave a drink to".
    """
    one, other = rng.sample(words, 2) if words else draw_names(rng, unseen)
    giver, receiver = rng.sample([one, other], 2)
    template = HELD_OUT_TEMPLATE if unseen == "template" else rng.choice(TEMPLATES)
    prompt = template.format(one=one, other=other, giver=giver, place=rng.choice(PLACES), object=rng.choice(OBJECTS))
    return Task(prompt, receiver, ".", giver, f"unseen {unseen}" if unseen else "seen")


def draw_names(rng, unseen):
    while True:
        one, other = rng.sample(UNSEEN.get(unseen, SEEN_NAMES), 2)
        if unseen == "names" or pair_is_held_out(one, other) == (unseen == "pairs"):
            return one, other
