"""An English–French grammar with gold word alignments.

Read in this order: `lexicon` (the words and their forms), `french` (agreement and elision), `draft` (a sentence under
construction, English and French side by side), `phrases` (noun phrases, places, adverbs), `clauses` (verbs, tenses,
negation), `sentences` (the kinds of sentence and how often each is drawn).
"""
