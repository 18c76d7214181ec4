"""What English number words and their abbreviations stand for: one list for all who read figures.

extract reads amounts out of articles, dedupe compares the numbers of claims; neither imports the other.
"""

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

SMALL_NUMBERS = {word: float(value) for value, word in enumerate(_ONES)} | {
    word: 10.0 * place for place, word in enumerate(_TENS, 2)
}
"""Words for 0 to 19 and the tens up to 90."""
SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
"""Words that multiply what stands before them."""
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12, "trn": 1e12}
"""The same as letters after digits: "$1.2bn"."""
