"""Questions on capitals, answered in English: the model's one task beside translation."""

CAPITALS = [
    tuple(entry.strip().split(":"))
    for entry in """France:Paris;Germany:Berlin;Italy:Rome;Spain:Madrid;Portugal:Lisbon;Greece:Athens;Japan:Tokyo;
    China:Beijing;Russia:Moscow;England:London;Ireland:Dublin;Norway:Oslo;Sweden:Stockholm;Finland:Helsinki;
    Denmark:Copenhagen;Iceland:Reykjavik;Poland:Warsaw;Austria:Vienna;Hungary:Budapest;Belgium:Brussels;
    the Netherlands:Amsterdam;Switzerland:Bern;Turkey:Ankara;Egypt:Cairo;Morocco:Rabat;Algeria:Algiers;Tunisia:Tunis;
    Kenya:Nairobi;Nigeria:Abuja;Ghana:Accra;Senegal:Dakar;Ethiopia:Addis Ababa;Canada:Ottawa;Mexico:Mexico City;
    Cuba:Havana;Brazil:Brasilia;Argentina:Buenos Aires;Chile:Santiago;Peru:Lima;Colombia:Bogota;Venezuela:Caracas;
    Ecuador:Quito;Uruguay:Montevideo;Bolivia:La Paz;Paraguay:Asuncion;Australia:Canberra;New Zealand:Wellington;
    India:New Delhi;Pakistan:Islamabad;Iran:Tehran;Iraq:Baghdad;Syria:Damascus;Lebanon:Beirut;Jordan:Amman;
    Saudi Arabia:Riyadh;Thailand:Bangkok;Vietnam:Hanoi;Indonesia:Jakarta;Malaysia:Kuala Lumpur;the Philippines:Manila;
    South Korea:Seoul;North Korea:Pyongyang;Mongolia:Ulaanbaatar;Nepal:Kathmandu;Afghanistan:Kabul;Ukraine:Kyiv;
    Romania:Bucharest;Bulgaria:Sofia;Serbia:Belgrade;Croatia:Zagreb;Slovenia:Ljubljana;Slovakia:Bratislava;
    Estonia:Tallinn;Latvia:Riga;Lithuania:Vilnius;Haiti:Port-au-Prince;Jamaica:Kingston;
    the United States:Washington;Scotland:Edinburgh""".split(";")
]
WORDINGS = [
    "What is the capital of {}?",
    "Which city is the capital of {}?",
    "Tell me the capital of {}.",
    "What is {}'s capital?",
    "Name the capital of {}.",
    "Do you know the capital of {}?",
    "Can you tell me the capital of {}?",
    "What's the capital of {}?",
    "Please name the capital of {}.",
]
HELD_OUT_EVERY = 7


def is_held_out(country_index, wording_index):
    """Every 7th pair of country and wording, but never the plain first wording."""
    return wording_index > 0 and (country_index + wording_index) % HELD_OUT_EVERY == 0


def capital_pairs(held_out):
    """(question, answer) pairs that are trained on, or those held out."""
    return [
        (wording.format(country), f"The capital is {city}.")
        for i, (country, city) in enumerate(CAPITALS)
        for j, wording in enumerate(WORDINGS)
        if is_held_out(i, j) == held_out
    ]
