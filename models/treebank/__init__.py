"""A grammar of English that writes sentences with their Universal Dependencies trees.

Read in this order: `words` (a word, a phrase, how phrases hang together), `forms` (inflection, features), `nouns`,
`verbs`, `modifiers` (the words), `draw` (seeded choice, and which words only the test part may use), `pronouns`,
`adjectives`, `nominals` (noun phrases), `verb_groups` (auxiliaries), `clauses` (predicates and clauses), `complements`
(what verbs take), `predicates` (what stands after "is"), `adjuncts` (where, when, how), `relatives` (what may follow a
noun), `statements`, `subordination`, `questions`, `sentences` (the kinds and their shares), `splits`; then `agreement`
(minimal pairs), `conllu`, `checks`, `constructions`, `figures`, `card`, `make`.

Noun phrases, clauses and complements contain each other. Imports still point one way: the earlier module keeps an empty
table (`COMPLEMENTS`, `PREDICATES`, `adjuncts`, `noun_followers`) that the later one fills in.
"""
