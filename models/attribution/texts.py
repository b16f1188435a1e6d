"""The runs that are attributed, with what is followed in them: rows count from 0, tokens are named by their pieces."""

DECODER = dict(
    source="When Mary and John went to the store, John gave a drink to",
    target=None,
    targets=[
        dict(row=14, token="▁Mary", scale="logit"),
        dict(row=14, token="▁Mary", against="▁John", scale="logit"),
        # Not of ▁Mary: its probability is 0.9998, and of what is left to 1, as of the gradient, 32 bits hold few digits.
        dict(row=9, token="▁John", scale="log-probability"),
        dict(row=9, token="▁John", scale="probability"),
    ],
)

TRANSLATOR = dict(
    source="Translate to French: The brown dog ran.",
    target="Le chien brun a couru.",
    targets=[
        dict(row=1, token="▁chien", scale="logit"),
        dict(row=1, token="▁chien", against="▁chat", scale="logit"),
        dict(row=3, token="▁a", scale="log-probability"),
    ],
)

ENCODER = dict(source="The brown dog ran.", to="A puppy was running.", target=None, targets=[dict()])
