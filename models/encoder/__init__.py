"""
A pretrained BERT for looking inside: all-MiniLM-L6-v2, stored in 8 bits, measured beside itself in 32.

Read in this order: `source` (where the weights come from), `eight_bits` (how they are stored), `graph`, `export`, `trace`
(PyTorch), `served` (onnxruntime), `closeness`, `words`, `roles`, `relations`, `probe` (what the 8 bits change), `evaluate`,
`card`.
"""
