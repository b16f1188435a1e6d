"""Capitals in context: who lives where is told, and the capital of that person's country is asked. Two hops."""

from dataclasses import dataclass

from translator.capitals import CAPITALS

from ..names import NAMES, fingerprint, his_or_her
from .task import Task

FACTS = ["The capital of {country} is", "The name of the capital of {country} is"]
HOMES = ["{name} lives in {country}.", "{name} comes from {country}.", "{name} was born in {country}."]
COUNTRIES = ["{name}'s country is", "The country of {name} is", "So {name} lives in", "The home of {name} is in"]
HELD_OUT_COMBINATIONS = 7  # one combination of name and country in so many is held out
SHARE_OF_FACTS = 0.3
SHARE_OF_ONE_PERSON = 0.5


def is_held_out(name, country):
    return fingerprint(name, country) % HELD_OUT_COMBINATIONS == 0


def draw(rng, words=None):
    """One sentence for training."""
    return fact(rng) if rng.random() < SHARE_OF_FACTS else in_context(rng, words=words)


def fact(rng):
    country, city = rng.choice(CAPITALS)
    foil = rng.choice([other for _, other in CAPITALS if other != city])
    return Task(rng.choice(FACTS).format(country=country), city, ".", foil, "fact")


def every_fact():
    """The plain question for each country."""
    return [Task(FACTS[0].format(country=country), city, ".", "", "fact") for country, city in CAPITALS]


def in_context(rng, held_out=False, people=None, words=None):
    """
    One or two people and their homes; the foil is the capital of the other home, or of a country not named.

    `words` stand in for names.
    """
    people = people or (1 if rng.random() < SHARE_OF_ONE_PERSON else 2)
    told = tell_homes(rng, held_out, people, words)
    whose = his_or_her(told.name) if people == 1 and rng.random() < 0.5 else told.name + "'s"
    prompt = f"{told.text} The capital of {whose} country is"
    return Task(prompt, told.place[1], ".", told.elsewhere[1], f"{people} named", told.links(prompt))


def two_people(rng, words=None):
    """In context, two people, for training."""
    return in_context(rng, people=2, words=words)


def home(rng, words=None):
    """The first hop alone: two people and their homes are told, and the country of one of them is asked."""
    told = tell_homes(rng, False, 2, words)
    prompt = f"{told.text} {rng.choice(COUNTRIES).format(name=told.name)}"
    return Task(prompt, told.place[0], ".", told.elsewhere[0], "home", told.links(prompt))


@dataclass(frozen=True)
class Homes:
    """Who lives where, in one sentence for each person."""

    name: str  # of the person asked for
    place: tuple  # (country, capital) of that person
    elsewhere: tuple  # of the other one, or of nobody
    sentences: list

    @property
    def text(self):
        return " ".join(self.sentences)

    def links(self, prompt):
        """
        What binds a person to a country, for the guides: each country looks at its person and the end of the prompt at the
        person asked for ("person"); the end of the prompt looks at that person's country ("home").
        """
        links, start = [], 0
        for sentence in self.sentences:
            person, country = start, start + len(sentence) - 2
            links.append(("person", country, person))
            if sentence.startswith(self.name + " "):
                links.append(("home", len(prompt) - 1, country))
            start += len(sentence) + 1
        asked = prompt.find(self.name, len(self.text))
        return (*links, ("person", len(prompt) - 1, asked)) if asked >= 0 else ()


def tell_homes(rng, held_out, people, words):
    place, elsewhere = rng.sample(CAPITALS, 2)
    name, other = rng.sample(words or NAMES, 2)
    if is_held_out(name, place[0]) != held_out:
        return tell_homes(rng, held_out, people, words)
    sentences = [rng.choice(HOMES).format(name=name, country=place[0])]
    if people == 2:
        sentences.append(rng.choice(HOMES).format(name=other, country=elsewhere[0]))
        rng.shuffle(sentences)
    return Homes(name, place, elsewhere, sentences)
