"""Adjectives by what they may describe, adverbs by where they stand."""

ADJECTIVES = {
    "person": "happy tired old young brave quiet clever hungry famous polite sad angry calm rich poor strong shy "
    "honest nervous lonely cheerful kind patient expert stubborn curious generous",
    "animal": "hungry young old brown quiet small big calm wild sleepy gray clever thirsty tame fierce",
    "food": "fresh hot cold sweet cheap warm delicious dry tasty salty bitter",
    "drink": "hot cold warm sweet fresh cool bitter",
    "text": "long short interesting famous strange old boring sad secret funny brief",
    "artifact": "old new heavy red orange clean light cheap small green blue broken beautiful square expensive strange",
    "vehicle": "fast slow old new empty red clean blue yellow comfortable",
    "place": "quiet big small old cold warm dark empty open beautiful clean safe gloomy crowded",
    "event": "long short boring interesting important quiet secret exciting terrible pleasant",
    "abstract": "good bad simple difficult clear strange important secret wrong new sensible",
    "sound": "loud sudden strange soft short gentle faint",
    "task": "hard easy long boring difficult simple dangerous light",
}
COLORS = "red orange green blue white yellow gray black".split()
FEELINGS = {  # person adjectives with a complement: (adjective, preposition)
    "proud": "of", "afraid": "of", "angry": "at", "sure": "of", "tired": "of", "jealous": "of", "curious": "about",
}  # fmt: skip
WITH_INFINITIVE = ["able", "ready", "willing", "eager"]
PROPOSITIONAL = "clear true strange possible obvious likely sad important".split()  # it is clear that ...
EFFORT = "easy hard difficult important dangerous nice possible".split()  # it is easy to ...

MANNER_OF = {  # how things of a kind are done, and the verbs of that kind
    "quickly slowly quietly calmly": "leave run walk march swim dance escape travel eat drink write read enter "
    "wash drive",
    "loudly quietly politely angrily nervously": "sing shout laugh complain talk argue bark whisper cough cry "
    "thank greet",
    "carefully slowly patiently quickly": "open close clean carry paint repair wrap polish read copy translate sign "
    "cut pour dry brush light wash check finish explain",
    "happily eagerly gladly patiently": "wait work play help follow cook rest accept agree offer guide",
}
MANNER = sorted({word for adverbs in MANNER_OF for word in adverbs.split()})
MANNER_BY_VERB = {verb: adverbs.split() for adverbs, verbs in MANNER_OF.items() for verb in verbs.split()}
FREQUENCY = "often always never sometimes usually rarely".split()
STANCE = "suddenly perhaps maybe fortunately unfortunately".split()
DEGREE = "very quite too so really rather".split()
FLAT = {
    "work": "hard",
    "run": "fast",
    "drive": "fast",
    "arrive": "late",
    "leave": "early",
    "sing": "well",
    "swim": "well",
}
PLACE = "here there outside inside upstairs".split()

# Never only in the test part: words the grammar cannot do without, or that have a fixed place in it.
EVERYDAY = set("good bad old new red hot cold long short big small".split())
