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
} satisfies Record<string, Reference>;

export type ReferenceId = keyof typeof REFERENCES;
