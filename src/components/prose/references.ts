/** The works that the course cites. */
export interface Reference {
  /** As it stands in the text: "Clark et al. 2019". */
  readonly short: string;
  readonly authors: string;
  readonly year: number;
  readonly title: string;
  readonly where: string;
  readonly url: string;
}

export const REFERENCES = {
  vaswani2017: {
    short: "Vaswani et al. 2017",
    authors: "A. Vaswani, N. Shazeer, N. Parmar, J. Uszkoreit, L. Jones, A. N. Gomez, Ł. Kaiser, I. Polosukhin",
    year: 2017,
    title: "Attention is all you need",
    where: "Advances in Neural Information Processing Systems 30",
    url: "https://arxiv.org/abs/1706.03762",
  },
  raffel2020: {
    short: "Raffel et al. 2020",
    authors: "C. Raffel, N. Shazeer, A. Roberts, K. Lee, S. Narang, M. Matena, Y. Zhou, W. Li, P. J. Liu",
    year: 2020,
    title: "Exploring the limits of transfer learning with a unified text-to-text transformer",
    where: "Journal of Machine Learning Research 21 (140)",
    url: "https://arxiv.org/abs/1910.10683",
  },
  vig2019: {
    short: "Vig 2019",
    authors: "J. Vig",
    year: 2019,
    title: "A multiscale visualization of attention in the transformer model",
    where: "ACL 2019, System Demonstrations",
    url: "https://arxiv.org/abs/1906.05714",
  },
  clark2019: {
    short: "Clark et al. 2019",
    authors: "K. Clark, U. Khandelwal, O. Levy, C. D. Manning",
    year: 2019,
    title: "What does BERT look at? An analysis of BERT’s attention",
    where: "BlackboxNLP workshop at ACL 2019",
    url: "https://arxiv.org/abs/1906.04341",
  },
  jain2019: {
    short: "Jain and Wallace 2019",
    authors: "S. Jain, B. C. Wallace",
    year: 2019,
    title: "Attention is not explanation",
    where: "NAACL 2019",
    url: "https://arxiv.org/abs/1902.10186",
  },
  serrano2019: {
    short: "Serrano and Smith 2019",
    authors: "S. Serrano, N. A. Smith",
    year: 2019,
    title: "Is attention interpretable?",
    where: "ACL 2019",
    url: "https://arxiv.org/abs/1906.03731",
  },
  wiegreffe2019: {
    short: "Wiegreffe and Pinter 2019",
    authors: "S. Wiegreffe, Y. Pinter",
    year: 2019,
    title: "Attention is not not explanation",
    where: "EMNLP 2019",
    url: "https://arxiv.org/abs/1908.04626",
  },
  chen2016: {
    short: "Chen et al. 2016",
    authors: "W. Chen, E. Matusov, S. Khadivi, J.-T. Peter",
    year: 2016,
    title: "Guided alignment training for topic-aware neural machine translation",
    where: "AMTA 2016",
    url: "https://arxiv.org/abs/1607.01628",
  },
  garg2019: {
    short: "Garg et al. 2019",
    authors: "S. Garg, S. Peitz, U. Nallasamy, M. Paulik",
    year: 2019,
    title: "Jointly learning to align and translate with transformer models",
    where: "EMNLP 2019",
    url: "https://arxiv.org/abs/1909.02074",
  },
  elhage2021: {
    short: "Elhage et al. 2021",
    authors: "N. Elhage, N. Nanda, C. Olsson, T. Henighan, N. Joseph, B. Mann, A. Askell, Y. Bai and others",
    year: 2021,
    title: "A mathematical framework for transformer circuits",
    where: "Transformer Circuits Thread",
    url: "https://transformer-circuits.pub/2021/framework/index.html",
  },
  olsson2022: {
    short: "Olsson et al. 2022",
    authors: "C. Olsson, N. Elhage, N. Nanda, N. Joseph, N. DasSarma, T. Henighan, B. Mann, A. Askell and others",
    year: 2022,
    title: "In-context learning and induction heads",
    where: "Transformer Circuits Thread; arXiv",
    url: "https://arxiv.org/abs/2209.11895",
  },
  devlin2019: {
    short: "Devlin et al. 2019",
    authors: "J. Devlin, M.-W. Chang, K. Lee, K. Toutanova",
    year: 2019,
    title: "BERT: Pre-training of deep bidirectional transformers for language understanding",
    where: "NAACL 2019",
    url: "https://arxiv.org/abs/1810.04805",
  },
  wang2020: {
    short: "Wang et al. 2020",
    authors: "W. Wang, F. Wei, L. Dong, H. Bao, N. Yang, M. Zhou",
    year: 2020,
    title: "MiniLM: Deep self-attention distillation for task-agnostic compression of pre-trained transformers",
    where: "Advances in Neural Information Processing Systems 33",
    url: "https://arxiv.org/abs/2002.10957",
  },
  reimers2019: {
    short: "Reimers and Gurevych 2019",
    authors: "N. Reimers, I. Gurevych",
    year: 2019,
    title: "Sentence-BERT: Sentence embeddings using Siamese BERT-networks",
    where: "EMNLP 2019",
    url: "https://arxiv.org/abs/1908.10084",
  },
  radford2019: {
    short: "Radford et al. 2019",
    authors: "A. Radford, J. Wu, R. Child, D. Luan, D. Amodei, I. Sutskever",
    year: 2019,
    title: "Language models are unsupervised multitask learners",
    where: "OpenAI",
    url: "https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf",
  },
  touvron2023: {
    short: "Touvron et al. 2023",
    authors: "H. Touvron, T. Lavril, G. Izacard and others",
    year: 2023,
    title: "LLaMA: Open and efficient foundation language models",
    where: "arXiv",
    url: "https://arxiv.org/abs/2302.13971",
  },
  allal2025: {
    short: "Ben Allal et al. 2025",
    authors: "L. Ben Allal, A. Lozhkov, E. Bakouch and others",
    year: 2025,
    title: "SmolLM2: When Smol goes big – data-centric training of a small language model",
    where: "arXiv",
    url: "https://arxiv.org/abs/2502.02737",
  },
  michel2019: {
    short: "Michel et al. 2019",
    authors: "P. Michel, O. Levy, G. Neubig",
    year: 2019,
    title: "Are sixteen heads really better than one?",
    where: "Advances in Neural Information Processing Systems 32",
    url: "https://arxiv.org/abs/1905.10650",
  },
  voita2019: {
    short: "Voita et al. 2019",
    authors: "E. Voita, D. Talbot, F. Moiseev, R. Sennrich, I. Titov",
    year: 2019,
    title: "Analyzing multi-head self-attention: specialized heads do the heavy lifting, the rest can be pruned",
    where: "ACL 2019",
    url: "https://arxiv.org/abs/1905.09418",
  },
  wang2022: {
    short: "Wang et al. 2022",
    authors: "K. Wang, A. Variengien, A. Conmy, B. Shlegeris, J. Steinhardt",
    year: 2022,
    title: "Interpretability in the wild: a circuit for indirect object identification in GPT-2 small",
    where: "ICLR 2023",
    url: "https://arxiv.org/abs/2211.00593",
  },
  mcgrath2023: {
    short: "McGrath et al. 2023",
    authors: "T. McGrath, M. Rahtz, J. Kramár, V. Mikulik, S. Legg",
    year: 2023,
    title: "The Hydra effect: emergent self-repair in language model computations",
    where: "arXiv",
    url: "https://arxiv.org/abs/2307.15771",
  },
} satisfies Record<string, Reference>;

export type ReferenceId = keyof typeof REFERENCES;
