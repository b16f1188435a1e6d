"""The words of the grammar: each English word with the French forms that agreement chooses from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Noun:
    english: str
    english_plural: str
    french: str
    french_plural: str
    gender: str  # "m" or "f"


@dataclass(frozen=True)
class Adjective:
    english: str
    m: str
    f: str
    mp: str
    fp: str
    before_vowel: str  # masculine singular before a vowel: "vieil homme"


@dataclass(frozen=True)
class Verb:
    past: str
    base: str
    third: str  # "runs"
    gerund: str  # "running"
    participle: str
    present: dict  # (person, number) -> French present form


def _entries(text):
    """Fields of each entry; entries are separated by semicolons, "-" means the regular form."""
    return [entry.split() for entry in text.replace("\n", " ").split(";") if entry.strip()]


def _field(fields, index, regular):
    return fields[index] if len(fields) > index and fields[index] != "-" else regular


def _nouns(text):
    """english french gender [french plural] [english plural]"""
    return [Noun(f[0], _field(f, 4, f[0] + "s"), f[1], _field(f, 3, f[1] + "s"), f[2]) for f in _entries(text)]


def _adjectives(text):
    """english masculine feminine [masculine plural] [masculine before a vowel]"""
    return [
        Adjective(f[0], f[1], f[2], _field(f, 3, f[1] + "s"), f[2] + "s", _field(f, 4, f[1])) for f in _entries(text)
    ]


DOUBLED = {"run", "swim", "cut"}  # the last consonant is doubled before -ing


def gerund(base):
    """English -ing form: running, dancing, seeing, dying."""
    if base in DOUBLED:
        return base + base[-1] + "ing"
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return base + "ing"


def third_person(base):
    """English third person singular: runs, cries, washes, goes."""
    if base.endswith(("sh", "ch", "ss", "x", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeou":
        return base[:-1] + "ies"
    return base + "s"


PERSONS = [(1, 1), (3, 1), (1, 2), (3, 2)]  # I, he/she, we, they


def _regular_present(stem, strong):
    """Present of an -er verb; `strong` is its stem before a silent ending: achet-/achèt-."""
    nous = stem + "eons" if stem.endswith("g") else stem + "ons"
    return dict(zip(PERSONS, (strong + "e", strong + "e", nous, strong + "ent")))


def _er_verbs(text):
    """past base stem [strong stem]"""
    out = []
    for f in _entries(text):
        forms = _regular_present(f[2], _field(f, 3, f[2]))
        out.append(Verb(f[0], f[1], third_person(f[1]), gerund(f[1]), f[2] + "é", forms))
    return out


def _irregular_verbs(text):
    """past base participle je il nous ils"""
    return [
        Verb(f[0], f[1], third_person(f[1]), gerund(f[1]), f[2], dict(zip(PERSONS, f[3:7]))) for f in _entries(text)
    ]


ANIMALS = _nouns(
    """dog chien m; cat chat m; horse cheval m chevaux; bird oiseau m oiseaux; cow vache f; mouse souris f souris mice;
    rabbit lapin m; fox renard m - foxes; wolf loup m - wolves; bear ours m ours; lion lion m; tiger tigre m; goat chèvre f;
    duck canard m; hen poule f; pig cochon m; frog grenouille f; snake serpent m; elephant éléphant m; monkey singe m;
    spider araignée f; turtle tortue f; squirrel écureuil m; lamb agneau m agneaux; donkey âne m; whale baleine f;
    bee abeille f; puppy chiot m - puppies; kitten chaton m"""
)
PEOPLE = _nouns(
    """boy garçon m; girl fille f; man homme m - men; woman femme f - women; child enfant m - children; teacher professeur m;
    doctor médecin m; king roi m; queen reine f; baker boulanger m; farmer fermier m; nurse infirmière f; student étudiant m;
    soldier soldat m; singer chanteur m; friend ami m; baby bébé m - babies; lawyer avocat m; neighbor voisin m;
    princess princesse f - princesses; brother frère m; sister sœur f"""
)
THINGS = _nouns(
    """house maison f; car voiture f; table table f; book livre m; hat chapeau m chapeaux; tree arbre m; flower fleur f;
    apple pomme f; cake gâteau m gâteaux; letter lettre f; door porte f; window fenêtre f; bag sac m; box boîte f - boxes;
    key clé f; chair chaise f; boat bateau m bateaux; shirt chemise f; shoe chaussure f; cup tasse f;
    knife couteau m couteaux knives; song chanson f; stone pierre f; bottle bouteille f; orange orange f; egg œuf m;
    bridge pont m; clock horloge f; dress robe f - dresses; coat manteau m manteaux; bicycle vélo m; umbrella parapluie m"""
)
ROOMS = _nouns(
    """garden jardin m; house maison f; forest forêt f; kitchen cuisine f; street rue f; river rivière f; room chambre f;
    park parc m; car voiture f; field champ m; boat bateau m bateaux"""
)
DESTINATIONS = _nouns(
    """school école f; station gare f; park parc m; market marché m; beach plage f; hotel hôtel m; church église f;
    museum musée m; restaurant restaurant m; hospital hôpital m; library bibliothèque f"""
)
SURFACES = _nouns(
    "table table f; chair chaise f; bed lit m; bridge pont m; tree arbre m; roof toit m; boat bateau m bateaux; car voiture f"
)

COLOURS = _adjectives(
    """brown brun brune; black noir noire; white blanc blanche; red rouge rouge; green vert verte; blue bleu bleue;
    grey gris grise gris; yellow jaune jaune; purple violet violette; pink rose rose"""
)
THING_ADJECTIVES = _adjectives(
    """strange étrange étrange; heavy lourd lourde; cold froid froide; round rond ronde; empty vide vide;
    expensive cher chère; French français française français; broken cassé cassée; dangerous dangereux dangereuse dangereux"""
)
LIVING_ADJECTIVES = _adjectives(
    """tired fatigué fatiguée; sick malade malade; happy heureux heureuse heureux; sad triste triste; strong fort forte;
    slow lent lente; intelligent intelligent intelligente; funny drôle drôle; lazy paresseux paresseuse paresseux;
    quiet calme calme; brave courageux courageuse courageux; famous célèbre célèbre; dangerous dangereux dangereuse dangereux"""
)
FRONTED = _adjectives(  # adjectives that stand before their noun in French
    """big grand grande; small petit petite; little petit petite; young jeune jeune; pretty joli jolie; good bon bonne;
    bad mauvais mauvaise mauvais; old vieux vieille vieux vieil; beautiful beau belle beaux bel;
    new nouveau nouvelle nouveaux nouvel"""
)
FRONTED_PREDICATES = [a for a in FRONTED if a.english not in {"little", "new", "good", "bad"}]

AVOIR_INTRANSITIVE = _irregular_verbs(
    """ran run couru cours court courons courent; slept sleep dormi dors dort dormons dorment; laughed laugh ri ris rit rions rient;
    smiled smile souri souris sourit sourions sourient; drank drink bu bois boit buvons boivent;
    waited wait attendu attends attend attendons attendent;
    disappeared disappear disparu disparais disparaît disparaissons disparaissent"""
) + _er_verbs(
    """ate eat mang; jumped jump saut; sang sing chant; danced dance dans; cried cry pleur; swam swim nag;
    worked work travaill; played play jou; shouted shout cri; walked walk march; spoke speak parl"""
)
ETRE_INTRANSITIVE = _irregular_verbs(
    """left leave parti pars part partons partent; came come venu viens vient venons viennent;
    died die mort meurs meurt mourons meurent; returned return revenu reviens revient revenons reviennent"""
) + _er_verbs("arrived arrive arriv; fell fall tomb; stayed stay rest; entered enter entr")
GO = _irregular_verbs("went go allé vais va allons vont")[0]
TRANSITIVE_THING = _irregular_verbs(
    """saw see vu vois voit voyons voient; lost lose perdu perds perd perdons perdent; sold sell vendu vends vend vendons vendent;
    took take pris prends prend prenons prennent; painted paint peint peins peint peignons peignent;
    opened open ouvert ouvre ouvre ouvrons ouvrent; wanted want voulu veux veut voulons veulent"""
) + _er_verbs(
    """bought buy achet achèt; found find trouv; washed wash lav; stole steal vol; hid hide cach; cleaned clean nettoy nettoi;
    broke break cass; closed close ferm; brought bring apport"""
)
TRANSITIVE_LIVING = _irregular_verbs(
    """saw see vu vois voit voyons voient; followed follow suivi suis suit suivons suivent;
    heard hear entendu entends entend entendons entendent;
    chased chase poursuivi poursuis poursuit poursuivons poursuivent; bit bite mordu mords mord mordons mordent"""
) + _er_verbs(
    """watched watch regard; helped help aid; loved love aim; found find trouv; killed kill tu; called call appel appell"""
)
STATIVE = {"see", "want", "love", "hear", "find", "lose", "die", "disappear"}  # not used in "is ...ing"

AVOIR = {(1, 1): "ai", (3, 1): "a", (1, 2): "avons", (3, 2): "ont"}
ETRE = {(1, 1): "suis", (3, 1): "est", (1, 2): "sommes", (3, 2): "sont"}
ETRE_IMPERFECT = {(1, 1): "étais", (3, 1): "était", (1, 2): "étions", (3, 2): "étaient"}
BE = {(1, 1): "am", (3, 1): "is", (1, 2): "are", (3, 2): "are"}
BE_PAST = {(1, 1): "was", (3, 1): "was", (1, 2): "were", (3, 2): "were"}

NUMERALS = dict(
    two="deux", three="trois", four="quatre", five="cinq", six="six", seven="sept", eight="huit", nine="neuf", ten="dix"
)
NAMES = dict(  # name -> gender; names keep their English spelling
    Tom="m",
    Mary="f",
    John="m",
    Paul="m",
    Emma="f",
    Lucy="f",
    Jack="m",
    Anna="f",
    Mark="m",
    Sophie="f",
    Bob="m",
    Alice="f",
    Peter="m",
    Nancy="f",
    Ken="m",
)
CITIES = ["Boston", "Paris", "Tokyo", "Berlin", "Rome", "Madrid", "Dublin", "Chicago", "Ottawa", "Sydney"]
