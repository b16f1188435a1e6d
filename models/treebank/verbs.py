"""The verbs by what they take: one table, a row for verbs that share frame, subjects and objects.

Kinds: intr (nothing), tr (object), ditr (two objects), prep (verb:preposition), prt (verb:particle + object), prti
(verb:particle), ccomp (that-clause), tellthat (person + that-clause), wh (embedded question), inf (to + infinitive),
oinf (object + infinitive, the object being "obj"), ioinf (the same, with "iobj": what is asked or told is the
infinitive), obare (object + bare infinitive), ing (gerund), adj (predicative adjective), oadj (object + adjective).
"""

from dataclasses import dataclass

ROWS = """
intr | fish lie joke trip shop exercise experiment knock duck | person |
intr | sleep laugh sing arrive leave travel stumble work talk run walk dance swim wait smile | person |
intr | cry rest shout jump march cough fight return cook read vote sneeze yawn complain whisper | person |
intr | sleep run jump play swim eat rest fight bark escape walk | animal |
intr | arrive stop leave start return | vehicle |
intr | end start begin fail | event |
intr | break fall fall burn | artifact |
intr | fail matter change | abstract |
intr | open close burn | place |
tr | read write copy sign translate finish lose find review note publish | person | text
tr | see meet visit help thank follow greet trust love hate admire guide guard | person | person
tr | judge coach blame interview hug hire invite know doubt host nurse phone watch | person | person
tr | fool train | person | person
tr | train tame | person | animal
tr | pilot | person | vehicle
tr | request demand | person | abstract
tr | clear | person | place
tr | feed chase walk watch catch see ride wash love calm hunt rescue | person | animal
tr | chase bite follow watch scare | animal | animal person
tr | hunt | animal | animal
tr | eat cook taste buy share cool warm order bake smell cut peel | person | food
tr | eat smell steal | animal | food
tr | drink pour warm cool order | person | drink
tr | carry find buy break clean drop hide hold repair sell | person | artifact
tr | polish lose steal paint dry empty light brush wrap | person | artifact
tr | drive park repair stop sell buy wash start clean race steal | person | vehicle
tr | visit leave enter paint clean love search guard open close describe | person | place
tr | enjoy attend plan miss cancel watch remember organize start show film | person | event
tr | explain understand change accept reject forget discuss consider question answer regret mention | person | abstract
tr | wear | person | artifact
tr | play | person | event
tr | hear notice remember ignore | person | sound
tr | do finish start check plan | person | task
tr | surprise scare bother amuse impress shock | event text abstract sound animal task | person
tr | worry interest please delight annoy | event text abstract sound animal task | person
tr | describe mention concern cover | text | event place person abstract
tr | cause change | event abstract task | abstract
tr | carry pass | vehicle | person
ditr | give show send lend sell hand offer | person | artifact text
ditr | give offer hand | person | food
prep | look:at wait:for talk:about laugh:at think:about work:for care:about argue:with | person | person
prep | look:at listen:to run:after | person animal | person animal
prep | look:at look:for search:for pay:for point:at | person | artifact vehicle text
prep | talk:about wait:for think:about look:after pay:for dream:about | person | event task
prep | talk:about think:about laugh:at agree:with object:to | person | abstract
prep | listen:to wonder:about | person | sound
prep | walk:to go:to return:to run:to drive:to travel:to work:in live:near | person | place
prep | belong:to | artifact vehicle place | person
prep | depend:on | event abstract task | person abstract
prt | pick:up put:down take:out hand:in turn:over lay:down | person | artifact
prt | write:down hand:in look:over | person | text
prt | call:off put:off | person | event
prt | point:out turn:down figure:out bring:up | person | abstract
prt | wake:up call:up | person | person
prt | clean:up | person | place
prti | wake:up sit:down give:up stand:up show:up calm:down slow:down get:up | person |
prti | wake:up sit:down calm:down | animal |
prti | break:down slow:down | vehicle |
ccomp | say think know believe hope claim fear report notice remember | person |
ccomp | doubt suspect promise dream admit guess explain forget answer | person |
ccomp | show say prove suggest | text |
tellthat | tell promise warn remind show | person | person
wh | wonder ask know forget remember understand question | person |
inf | want try need hope plan promise refuse like begin start forget offer agree decide learn love | person |
oinf | want help force invite persuade need encourage | person | person
ioinf | ask tell order allow teach | person | person
obare | make let help | person | person animal
ing | stop enjoy keep avoid start finish begin love hate regret | person |
adj | seem look feel become remain sound | person |
adj | seem look become remain | place abstract task animal artifact |
adj | taste smell look | food drink |
adj | seem sound | text event sound |
oadj | make keep find consider | person | person
oadj | keep find leave paint | person | place
oadj | find consider | person | text event abstract task
"""

STATIVE = set("""
    know believe like love hate want need seem belong understand fear doubt remember own trust admire forget matter
    suspect
    regret interest please concern notice see hear find agree hope depend consider become remain cover mean prove
    guess think promise say claim sound let cause care
""".split())  # fmt: skip
NO_PASSIVE = set("like have need want do pass interest concern phone leave race enter show cover care".split())


# Objects that a verb wants more narrowly than by class; entries end with a semicolon.
ONLY_TEXT = """
train: dog horse puppy pony parrot monkey;
tame: lion wolf horse fox monkey;
pilot: ship boat ferry;
request: answer change promise;
demand: answer change promise;
clear: square park market kitchen garden hall;
walk: dog puppy goat pony;
ride: horse donkey pony;
hunt: fox wolf duck rabbit squirrel bird mouse fish;
feed: dog cat horse bird cow sheep goat rabbit donkey puppy kitten duck parrot monkey pony goose;
catch: bird rabbit fox monkey mouse squirrel fish duck;
sign: letter contract list document report;
light: lamp candle;
peel: orange potato apple carrot onion pear egg;
answer: question request;
bake: cake pie cookie bread potato pancake apple;
brush: coat hat jacket blanket;
do: job homework exercise work;
empty: box cup bag bottle basket wallet suitcase glass can;
dry: cup plate glass hat coat blanket knife jacket;
open: box bag bottle suitcase umbrella can shop office museum library school bakery restaurant hotel church
    market theater;
close: box bag suitcase umbrella shop office museum library school bakery restaurant hotel church market theater
    kitchen;
park: car bus truck bicycle tractor van taxi wagon;
drive: car bus truck tractor van taxi wagon;
guard: castle museum harbor hotel office cellar;
polish: lamp ring plate mirror table statue coin vase glass;
repair: chair table clock lamp phone camera umbrella toy ladder watch drum car bus boat truck bicycle tractor
    van taxi ship;
cut: bread cake pie cheese apple potato tomato onion carrot sausage;
wear: coat hat ring watch jacket;
paint: chair table box picture vase clock ladder house kitchen cabin bakery garden hall shop station;
cause: problem mistake doubt change result;
attend: meeting party concert lesson wedding parade ceremony festival lecture match show dance;
film: concert wedding parade ceremony festival race dance match fight interview;
play: game match;
write: book letter story poem article essay report novel note play review message list;
translate: book letter story poem article essay report novel play message document contract;
publish: book story poem article essay newspaper magazine report novel review;
clean: cup bottle knife coat hat clock camera lamp brush watch plate car bus boat truck house kitchen office
    school garden;
carry: box bag hammer basket blanket chair umbrella drum candle rope suitcase ladder lamp vase pillow saw;
wrap: box cup picture clock candle mirror toy vase camera lamp watch glass plate;
lend: key hammer coat hat umbrella camera ladder lamp phone watch book novel saw brush;
warm: soup bread pie cake milk coffee tea cider water;
cool: soup pie cake milk coffee tea lemonade water cider;
cook: egg potato soup rice sausage carrot pancake;
race: car bicycle boat truck horse;
rescue: dog cat horse bird cow sheep goat puppy kitten monkey;
call: party concert trip game lesson wedding match show race;
"""
ONLY = {
    verb.strip(): set(words.split())
    for verb, words in (entry.split(":") for entry in ONLY_TEXT.split(";") if entry.strip())
}


@dataclass(frozen=True)
class Frame:
    kind: str
    verb: str
    subjects: tuple
    objects: tuple
    particle: str = ""  # or the preposition

    def accepts(self, noun):
        """Whether the noun is one of the things done so; a pronoun ("") always is, and so is a person."""
        narrow = ONLY.get(self.verb)
        return narrow is None or self.kind not in ("tr", "ditr") or noun in ("", *narrow) or "person" in self.objects


def read_row(row):
    kind, verbs, subjects, objects = (field.strip() for field in row.split("|"))
    for entry in verbs.split():
        verb, _, particle = entry.partition(":")
        yield Frame(kind, verb, tuple(subjects.split()), tuple(objects.split()), particle)


FRAMES = [frame for row in ROWS.strip().splitlines() for frame in read_row(row)]
LEMMAS = sorted({frame.verb for frame in FRAMES})
