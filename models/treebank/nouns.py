"""The nouns by meaning, so that a clause can ask for something that may be eaten, read or visited.

Many are verbs or adjectives too (cook, walk, novel): the class is what keeps a sentence plausible, the context is
what tells the part of speech.
"""

CLASSES = {
    "person": """
        teacher doctor farmer student lawyer singer writer neighbor soldier actor baker artist waiter driver
        scientist child
        woman man boy girl friend brother sister mother father uncle aunt cousin tourist customer manager worker
        engineer reporter officer sailor thief king queen tailor painter dancer poet mayor plumber carpenter musician
        traveler widow gardener librarian senator clerk hunter butcher landlord

        cook guide guard judge coach pilot patient adult expert host nurse fool criminal""",
    "animal": """
        dog cat horse bird cow sheep goat rabbit fox wolf monkey donkey lion puppy kitten mouse goose squirrel
        turtle pony duck fish parrot""",
    "food": "apple sandwich cake pie cookie egg pear potato tomato pancake onion carrot sausage "
    "bread* soup* cheese* rice* orange",
    "drink": "tea* coffee* milk* juice* lemonade* cider* water*",
    "text": """
        book letter story poem article essay diary newspaper magazine contract message
        report novel note play sign list document review""",
    "artifact": """
        key box cup bag bottle hammer basket blanket chair table knife coat hat umbrella picture clock drum candle
        mirror toy rope suitcase wallet ladder jacket vase pillow shovel camera coin statue
        lamp ring phone brush watch light glass plate hook comb nail can saw""",
    "vehicle": "car bus boat truck bicycle tractor van taxi ferry wagon train ship",
    "place": """
        garden school station kitchen house office library village beach museum church hotel forest theater cabin
        hill lake castle hospital bakery restaurant harbor cellar
        park shop market farm square""",
    "event": """
        meeting party concert trip game lesson wedding journey exam dinner parade ceremony festival lecture picnic
        walk run dance race visit talk fight show match march test interview swim search""",
    "abstract": """
        idea problem decision mistake theory lie joke law opinion suggestion
        plan answer question rule change promise offer secret result request order claim demand doubt cause cost""",
    "sound": "voice noise melody cry shout laugh cough whisper knock bark smile yawn",
    "task": "job homework* exercise experiment work* research* repair",
}

# How one is "at" a place; its verb of going there takes "to".
PLACE_PREPOSITION = {
    "station": "at", "school": "at", "market": "at", "beach": "on", "hill": "on", "farm": "on", "lake": "at",
    "office": "in",
    "theater": "at", "harbor": "at", "square": "in",
}  # fmt: skip

# Noun + noun, with the class of the whole.
COMPOUNDS = {
    "person": "bus driver,truck driver,school teacher,hotel manager,shop manager,newspaper reporter,factory worker,"
    "piano teacher,museum guide,park guard,night nurse,family doctor,farm worker,taxi driver",
    "artifact": "kitchen table,kitchen knife,garden chair,house key,car key,hotel key,wine glass,tea cup,street lamp,"
    "travel bag,jewelry box,office phone,desk lamp,pocket watch,dinner plate,paper bag",
    "place": "train station,bus station,village church,art museum,city park,summer house,country house,"
    "mountain village,police station,coffee shop,book shop,toy shop",
    "text": "newspaper article,love letter,travel guide,history book,police report,school play,weather report,"
    "road sign,shopping list,detective story,guest list",
    "event": "birthday party,dinner party,piano lesson,history exam,boat trip,school concert,bicycle race,"
    "job interview,dance lesson,blood test",
    "food": "chicken soup,apple pie,birthday cake,cheese sandwich",
    "abstract": "travel plan,safety rule,family secret,test result,price change,job offer",
    "vehicle": "school bus,fishing boat,sports car,passenger train,cargo ship",
}

# Not said of a name of unknown sex ("Sue is a father").
GENDERED = set("woman man boy girl brother sister mother father uncle aunt king queen widow landlord actor".split())

MALE = "Tom Peter Daniel Oscar Henry Simon Victor Leo Paul Martin Mark Frank Will Bill Jack Rob Grant".split()
FEMALE = "Anna Maria Julia Nora Clara Emma Sarah Laura Helen Irene Rose Grace Hope Sue Joy May Dawn".split()
SURNAMES = (
    "Keller Novak Bergman Costa Lindgren Moreau Fischer Rossi Brown Green Young Walker Baker Cook Park Price".split()
)
CITIES = "Paris London Vienna Lisbon Oslo Madrid Boston Chicago Prague Dublin Cairo Geneva".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

# "the plan to leave", "the claim that the king left"
WITH_INFINITIVE = "plan decision promise offer request order demand".split()
WITH_THAT = "idea theory claim opinion doubt suggestion".split()

MASS = {word.rstrip("*") for text in CLASSES.values() for word in text.split() if word.endswith("*")}
BY_CLASS = {name: [word.rstrip("*") for word in text.split()] for name, text in CLASSES.items()}
CLASS_OF = {word: name for name, words in BY_CLASS.items() for word in words}
