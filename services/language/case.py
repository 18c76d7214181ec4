"""Lower case for words that a pattern with `re.IGNORECASE` has matched."""


def lower_case(word: str) -> str:
    """`word` in lower case, each letter as the one that such patterns take it for: "ſunday" and "FRİDAY" are plain.

    `str.lower` leaves "ſ" and "ı" as they are, so what the pattern found would be missing in a table.
    """
    return word.casefold().replace("\u0131", "i").replace("i\u0307", "i")
