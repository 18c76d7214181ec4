"""Nouns for single human beings that news counts one by one, and for what befalls them."""

PERSON = frozenset({
    "person", "man", "woman", "child", "boy", "girl", "baby", "infant", "toddler", "teenager", "soldier", "officer",
    "policeman", "policewoman", "civilian", "firefighter", "worker", "passenger", "student", "pupil", "pilot",
    "driver", "protester", "demonstrator", "sailor", "resident", "victim", "suspect", "prisoner", "inmate", "hostage",
    "patient", "miner", "fisherman", "fisher", "guard", "marine", "tourist", "journalist", "reporter", "medic",
    "nurse", "doctor", "teacher", "migrant", "refugee", "rescuer", "diver", "climber", "hiker", "farmer", "villager",
    "bystander", "pedestrian", "cyclist", "player", "fan", "monk", "priest", "fighter", "militant", "insurgent",
    "rebel", "gunman", "attacker", "bomber", "conscript", "motorist", "survivor", "death", "injury", "fatality",
    "casualty",
})  # fmt: skip
"""In the singular: "one soldier"."""
_IRREGULAR = {
    "person": "people", "man": "men", "woman": "women", "child": "children", "policeman": "policemen",
    "policewoman": "policewomen", "fisherman": "fishermen", "gunman": "gunmen", "baby": "babies", "injury": "injuries",
    "fatality": "fatalities", "casualty": "casualties",
}  # fmt: skip
PEOPLE = frozenset(_IRREGULAR.get(noun, f"{noun}s") for noun in PERSON) | {
    "voters", "customers", "members", "families", "employees", "staff", "spectators", "supporters", "fans", "users",
    "citizens", "evacuees", "others", "locals", "subscribers", "visitors", "guests", "veterans", "detainees",
}  # fmt: skip
"""The same in the plural, and more: "2010 residents" are no year."""
THINGS = frozenset({
    "homes", "houses", "households", "buildings", "boats", "ships", "vessels", "cars", "vehicles", "animals", "jobs",
    "deaths", "cases", "properties", "flats", "apartments", "shops", "trees", "cows", "birds", "tents", "beds",
    "shares", "votes", "copies", "tickets", "rooms", "seats", "flights", "trucks", "tanks", "drones", "missiles",
    "schools", "rounds", "hens", "pigs", "horses", "barns", "huts", "bags", "boxes", "letters",
})  # fmt: skip
"""Things that a year has none of: "1900 homes"."""
