# In a notebook; pip install "transformers[torch]"
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

name = "openai-community/gpt2"
tokenizer = AutoTokenizer.from_pretrained(name)
model = AutoModelForCausalLM.from_pretrained(name).eval()

text = "When Mary and John went to the store, John gave a drink to"
ids = tokenizer(text, return_tensors="pt").input_ids
pieces = tokenizer.convert_ids_to_tokens(ids[0])
# With the space that stands before a word; a name of several tokens is followed by its first.
mary, john = (tokenizer(" " + word).input_ids[0] for word in ("Mary", "John"))

embeddings = model.get_input_embeddings()(ids).detach().requires_grad_()  # [1, token, width]
logits = model(inputs_embeds=embeddings).logits[0, -1]


def scores(number):
    """Input × gradient of a followed number: one score a token."""
    (gradient,) = torch.autograd.grad(number, embeddings, retain_graph=True)
    return (embeddings * gradient)[0].sum(dim=-1)


log_p = logits.log_softmax(-1)
followed = {
    "Mary": logits[mary],
    "Mary − John": logits[mary] - logits[john],
    "log P(Mary)": log_p[mary],
    "log P, Mary − John": log_p[mary] - log_p[john],
}
table = {what: scores(number) for what, number in followed.items()}

print("token       ", *(f"{what:>20}" for what in table))
for at, piece in enumerate(pieces):
    print(f"{piece:<12}", *(f"{column[at].item():>+20.3f}" for column in table.values()))

# The difference of two log-probabilities is that of the two logits: what both are divided by falls out.
assert torch.allclose(table["Mary − John"], table["log P, Mary − John"], atol=1e-3)
