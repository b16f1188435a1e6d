"""The runs whose gradients are taken, with what is followed in them: rows count from 0, tokens are named by their pieces."""

TEXTS = {
    "translator-en-fr": dict(
        source="Translate to French: The brown dog ran.",
        target="Le chien brun a couru.",
        targets=[
            dict(row=1, token="▁chien", scale="logit"),
            dict(row=1, token="▁chien", scale="log-probability"),
            dict(row=1, token="▁chien", against="▁chat", scale="logit"),
            dict(row=3, token="▁a", scale="probability"),
        ],
    ),
    "decoder-small": dict(
        source="When Mary and John went to the store, John gave a drink to",
        target=None,
        targets=[
            dict(row=14, token="▁Mary", scale="logit"),
            # Not where the token is all but certain: 1 − P is then mostly rounding.
            dict(row=9, token="▁John", scale="log-probability"),
            dict(row=14, token="▁Mary", against="▁John", scale="logit"),
            dict(row=9, token="▁John", scale="probability"),
        ],
    ),
    "encoder-minilm": dict(
        source="The brown dog ran.", target=None, targets=[dict(to="A puppy was running."), dict(to="Stocks fell.")]
    ),
    "smollm2-135m": dict(
        source="The capital of France is",
        target=None,
        targets=[
            dict(row=4, token="ĠParis", scale="logit"),
            dict(row=4, token="ĠParis", scale="log-probability"),
            dict(row=4, token="ĠParis", against="ĠLyon", scale="logit"),
            dict(row=4, token="ĠParis", scale="probability"),
        ],
    ),
}
