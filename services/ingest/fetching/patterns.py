"""Path patterns of robots.txt and tdmrep.json: a prefix; in it `*` is anything, and `$` at its end is the end. Pure."""


def matches(pattern: str, target: str) -> bool:
    """Whether a pattern matches a path with its query. Takes time linear in the target for each part of the pattern."""
    is_anchored = pattern.endswith("$")
    first, *parts = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    if not parts:
        return not is_anchored or target == first
    position = len(first)
    for part in parts[:-1]:
        at = target.find(part, position)
        if at < 0:
            return False
        position = at + len(part)
    last = parts[-1]
    if is_anchored:
        return len(target) - len(last) >= position and target.endswith(last)
    return target.find(last, position) >= 0
