"""What hiding each token does, beside the attention on it: the small decoder in PyTorch, the translator in onnxruntime."""

import numpy as np
import torch
from scipy.stats import spearmanr
from tokenizers import Tokenizer

from translator.served import ServedModel

from .repeats import network_of

PROMPT, ANSWER = "While Todd and Ruth were at the school, Todd passed a letter to", " Ruth"
SOURCE, TARGET = "Translate to French: The brown dog ran.", "Le chien brun a couru."
INSTRUCTION = "Translate to French: "


def removal(translator, decoder):
    return dict(decoder=of_decoder(decoder), translator=of_translator(translator))


@torch.no_grad()
def of_decoder(folder):
    """The answer's fall without each token but the first and the last, every head's weight on it from the last, and scipy's ρ."""
    network, tokenizer = network_of(folder), Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = torch.tensor([tokenizer.encode(PROMPT).ids])
    answer = tokenizer.encode(PROMPT + ANSWER).ids[ids.shape[1]]
    special = tokenizer.encode(PROMPT).special_tokens_mask
    places = [place for place in range(1, ids.shape[1] - 1) if not special[place]]

    def run(hidden=None):
        mask = torch.ones_like(ids)
        if hidden is not None:
            mask[0, hidden] = 0
        output = network(ids, attention_mask=mask, output_attentions=True, use_cache=False)
        return output.logits[0, -1].double().log_softmax(-1)[answer].item(), output.attentions

    whole, attentions = run()
    falls = [whole - run(place)[0] for place in places]
    weights = torch.cat([layer[0, :, -1, places] for layer in attentions]).double().numpy()  # [layer × head, token]
    rho = [float(spearmanr(row, falls).statistic) for row in [*weights, weights.mean(0)]]
    return dict(prompt=PROMPT, answer=ANSWER.strip(), falls=falls, weights=weights.ravel().tolist(), rho=rho)


def of_translator(folder):
    """Every written token's fall without each word of the source: [output][token]."""
    served = ServedModel(folder)
    encoding = served.tokenizer.encode(SOURCE)
    labels = np.array([served.tokenizer.encode(TARGET).ids])
    read = np.concatenate([[[served.generation["decoder_start_token_id"]]], labels[:, :-1]], 1)
    offsets = zip(encoding.offsets, encoding.special_tokens_mask)
    places = [place for place, (span, special) in enumerate(offsets) if not special and span[1] > len(INSTRUCTION)]

    def run(hidden=None):
        ids = np.array([encoding.ids])
        mask = np.ones_like(ids)
        if hidden is not None:
            mask[0, hidden] = 0
        states = served.encoder.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        feeds = dict(served.empty_past(1), input_ids=read, encoder_hidden_states=states, encoder_attention_mask=mask)
        logits = served.decoder.run(["logits"], dict(feeds, use_cache_branch=np.array([False])))[0][0].astype(np.float64)
        logits -= logits.max(-1, keepdims=True)
        logs = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
        return np.take_along_axis(logs, labels[0][:, None], 1)[:-1, 0]  # the end sign is left out

    whole = run()
    return dict(source=SOURCE, target=TARGET, falls=np.stack([whole - run(place) for place in places], 1).tolist())
