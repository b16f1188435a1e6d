"""The runs on which the checks are made: a clean one and its corrupted twins, with what is followed."""

DECODER = dict(
    clean="When Mary and John went to the store, John gave a drink to",
    corrupted=[
        "When Mary and John went to the store, Mary gave a drink to",  # the second subject is the other name
        "When Anna and John went to the store, John gave a drink to",  # another name in the answer's place
    ],
    row=14,
    token="▁Mary",
    against="▁John",
)

TRANSLATOR = dict(
    clean="Translate to French: The brown dog ran.",
    corrupted=["Translate to French: The brown cat ran."],
    target="Le chien brun a couru.",
    row=1,
    token="▁chien",
    against="▁chat",
)
