"""A small GPT-2 for looking inside: trained on repeats, text and three tasks, measured head by head.

Read in this order: `names`, `tasks` (what is asked), `repeats` (random sequences that come again), `corpus` (text),
`tokenizer`, `network` (size, start, losses), `batches` (what a step is made of), `train`, `export`, `served`, `heads`
(scores), `evaluate`, `card`.
"""
