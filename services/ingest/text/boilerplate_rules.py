"""Which single lines are boilerplate, and why. Pure.

Rules see a line squeezed: white space runs are one space, quotes and dashes are straight. A rule matches whole lines
only, and only lines short enough to be boilerplate: a sentence that merely mentions a newsletter stays. Marks that say
what changed ("UPDATE: ...", "Correction: ...", "Updated at 5 p.m.") are news and match no rule; only the bare
sentence "This story has been updated" does.
"""

import re

from services.ingest.text.boilerplate_languages import language_reason
from services.language.agencies import IN_CREDITS
from services.language.calendar import MONTH_NUMBERS

MAX_RESIDUE_CHARS = 600
"""Longer lines are boilerplate only where a rule says so itself (disclaimers)."""
MAX_DISCLAIMER_CHARS = 2_000

_MONTH = rf"(?:{'|'.join(MONTH_NUMBERS)})[a-z]*\.?"
_DATE = (
    rf"(?:(?:[a-z]+day,? )?(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? \d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}))"
)
_CLOCK = r"(?:(?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?)"
_DATE_TIME = rf"{_DATE},?(?: [|·•-])?(?: {_CLOCK})?"
_READ = r"\d{1,3}[ -]min(?:ute)?s? read"
_STAFF = r"(?:agenc(?:y|ies)|wires?|staff|bureau|news desk)"
_NETWORK = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|reddit|pinterest|instagram|youtube|messenger|flipboard|"
    r"bluesky|threads|tiktok|e-?mail|sms)"
)
_ACTION = r"(?:share this (?:article|story|page|post)|share|tweet|post|pin|print|save|copy link|comment)"
_PAGE = r"(?:article|story|page|post|report)"
_LINKS = r"(?:articles?|stor(?:y|ies)|news|coverage|content|posts?|topics?|links?|videos?)"
_PHOTO_CREDIT = (
    rf"(?:photo(?:graph)?s?(?: by|:)|image:|picture:|illustration:|courtesy of|file photo|getty images|shutterstock|"
    rf"\b(?:ap|afp|reuters|epa) (?:file )?photo\b|\bvia {IN_CREDITS}\b|/ ?{IN_CREDITS}\b|\b{IN_CREDITS} ?[/:] ?\w)"
)

# The order decides where two reasons fit one line.
_RULES: dict[str, tuple[str, ...]] = {
    "navigation": (
        r"(?:skip|jump) to (?:main |the )?(?:content|navigation|main)",
        r"back to top|edit (?:post|page|this page)|(?:main )?menu|search|log ?in|sign ?in|register|my account|close",
        r"home|loading\W*|toggle caption|slideshow \(\d+ images?\)",
        r"comments(?: are)? closed\.?|no comments(?: yet)?|\d+ comments?|comments(?: \(\d+\))?",
        r"(?:leave|post|write|add) a (?:comment|reply)|(?:view|show|see|read)(?: all)? comments",
        r"join the conversation",
        r"more|(?:read|show|load|see|view) (?:more|all|less)(?: here)?|continue reading(?: below)?|story continues",
        r"(?:story|article) continue[sd] below|(?:next|previous) (?:article|post|page)",
        r"home(?: ?[>»/|] ?[^>»/|.]{1,40}){1,6}",
        r"(?:tags?|filed under|categories|keywords) ?: ?[^.!?]{1,200}",
    ),
    "counter": (
        r"(?:total |page ?)?(?:views?|reads?|shares?|likes?|visits?|hits)(?: ?:)? ?\d[\d,.]*[km]?",
        r"\d[\d,.]*[km]? (?:views?|shares?|likes?)",
    ),
    "share": (
        rf"(?:(?:{_ACTION}|{_NETWORK})(?: ?[|/·•,] ?| |$))+",
        rf"(?:click to )?share(?: this)?(?: {_PAGE})? (?:on|via|with) .{{1,60}}",
        rf"(?:follow|like|join|find) [\w. ]{{1,40}} on {_NETWORK}\b.{{0,100}}",
        r"listen to (?:this )?(?:article|story)\b.{0,80}",
        r"for (?:more|the latest|all the latest) (?:\w+[ ,]+){1,12}?(?:check|follow|head to|sign up|visit)\b.{0,160}",
        r"check out (?:more|our|the latest)\b.{0,200}",
        r"(?:print(?:er)?-friendly|printable) version|(?:e-?mail|print) this (?:article|story|page)",
        r"read or share this (?:article|story|page)\b.{0,250}",
        r"(?:write to|e-?mail|contact|reach) .{2,60} at \S{1,60}@\S{1,60}",
        r"follow [\w. ]{1,40} (?:on \w{1,20} )?(?:at )?@\w{1,40}\.?",
    ),
    "advertisement": (
        r"(?:advertise?ment|advertorial|ad)(?:[ :|.-]+(?:advertise?ment|ad))*[:.]?",
        r"(?:sponsored|promoted|paid)(?: content| post)?|ads? by .{1,40}|remove ads",
        r"(?:(?:article|story) continues|continue reading) (?:below|after)(?: this)? ad(?:vertisement)?",
        r"story continued below advertisement|scroll (?:down )?to continue.{0,40}",
    ),
    "form": (
        r"(?:please,? )?enter (?:a |your |the )?(?:correct |valid )?e-?mail(?: address)?\b.{0,80}",
        r"\*? ?(?:indicates required|required fields?)(?: fields?)?\.?|(?:your )?e-?mail(?: address)?:? ?\*?",
        r"(?:subscribe|sign ?up|join)(?: now| today| here| free)?[!.]?|success?ful+y subscribed[!.]?",
        (
            r"(?:subscribe|sign ?up|register|join)\b.{0,160}\b(?:newsletters?|e-?mails?|inbox|mailing list|alerts?|"
            r"briefing|channel|podcast|itunes|updates)\b.{0,160}"
        ),
        r"get\b.{0,160}\b(?:newsletters?|inbox|e-?mails|breaking news alerts)\b.{0,160}",
        r"thank(?:s| you) for (?:signing up|subscribing|your subscription)\b.{0,200}",
        r"your e-?mail address will not be published\b.{0,80}|by (?:signing up|subscribing),? you agree\b.{0,200}",
        r"subscribe (?:now |today )?to (?:read|continue|unlock|keep reading|get)\b.{0,200}",
        r"already (?:a |an |have an? )?(?:subscriber|member|account|subscribed|registered)\b.{0,80}",
        r"(?:please )?(?:log|sign) in to (?:read|continue|view|keep reading)\b.{0,120}|create a free account\b.{0,100}",
        (
            r"(?:this (?:article|story|content) is )?(?:only |exclusively )?(?:available )?(?:for|to) (?:paying )?"
            r"subscribers(?: only)?\b.{0,80}"
        ),
        r"(?:to|want to) (?:continue|keep) reading\b.{0,160}",
        r".{0,60}(?:sent you a confirmation e-?mail|check your inbox)\b.{0,80}",
    ),
    "byline": (
        rf"(?:by )?[^.!?\d]{{2,80}}? {_DATE_TIME}(?: [|·•-])? {_READ}",
        rf"by [^.!?\d]{{2,80}}? {_DATE_TIME}",
        rf"(?:{_DATE_TIME}(?: [|·•-])? )?{_READ}",
        rf"(?:first )?(?:published|posted)(?: on| at)? ?:? ?{_DATE_TIME}",
    ),
    "caption": (
        rf".{{0,450}}\([^()]{{0,80}}{_PHOTO_CREDIT}[^()]{{0,80}}\)\.?",
        rf"(?:[\w.'-]+ ){{0,5}}[\w.'-]+(?: ?/ ?[\w.' -]{{2,30}}){{0,2}} ?/ ?{IN_CREDITS}(?: via {IN_CREDITS})?",
        r"(?:photo(?:graph)?|image|picture|illustration)s?(?: credit| source)?(?: by| ?:) .{2,100}",
        rf"(?:{IN_CREDITS} (?:file )?photo|getty images|file photo|representational image)\.?",
        r"enlarge this image\b.{0,300}|(?:file(?: photo)?|photo) ?[-:] .{0,450}",
    ),
    "notice": (
        (
            r"this (?:audio|article|text|page|translation|summary) (?:is|was|has been) (?:automatically )?"
            r"(?:created|generated|translated|produced|read)\b.{0,120}"
        ),
        (
            rf"(?:updated?(?: on)? ?:? ?{_DATE_TIME} ?[:.-] ?)?"
            rf"(?:this|the) (?:(?:breaking|developing) )?(?:news )?{_PAGE} "
            r"(?:was|has been) updated(?: (?:with|to (?:add|include)) (?:additional|more|further|new) "
            r"(?:information|details|reporting))?\.?"
        ),
        r"(?:get in touch|contact us|have you got a story).{0,160}\b(?:e-?mail\w*|at|by|via)\b.{0,120}",
        r"(?:did|do) you (?:like|enjoy) this (?:article|story|piece)\?.{0,300}|.{0,200}\bplease bookmark\b.{0,200}",
        r"in addition to its own editorials, .{0,300}",
        r"this article is more than \d+ (?:months?|years?) old\.?|this is a rush transcript\b.{0,120}",
        r"(?:we use|this (?:web)?site uses|our (?:web)?site uses) cookies\b.{0,400}",
        r"(?:accept|reject|allow)(?: all)?(?: cookies)?|(?:cookie|privacy) (?:policy|settings|notice)",
        r"(?:please )?enable javascript\b.{0,120}|your browser (?:does not|doesn't) support\b.{0,160}",
        r"(?:this|the) (?:video|audio|clip|media) (?:cannot|can't|could not) be (?:played|loaded)\b.{0,120}",
        r"(?:™ ?(?:&|and) ?)?(?:©|\(c\)|copyright(?: ©| \(c\))?) ?(?:copyright )?\d{4}\b.{0,300}",
        r"all rights reserved\.?|copyright .{0,60}all rights reserved\b.{0,120}",
        (
            rf"\(?(?:except for the headline, )?this {_PAGE} (?:has|is|was) (?:not been edited|been published from|"
            r"auto-generated|published from)\b.{0,200}"
        ),
    ),
    "related": (
        r"(?:also|must|now|further|related|recommended) (?:read|reading|watch|viewing) ?[:|].{0,250}",
        rf"read (?:more|also|next|on) ?[:|].{{0,250}}|related(?: {_LINKS})? ?[:|].{{0,250}}",
        r"(?:see also|more on this(?: story)?|recommended|watch|icymi|don't miss) ?[:|].{0,250}",
        rf"(?:related|recommended)(?: {_LINKS}| for you)?",
        r"(?:[\w !'&@.-]{2,60}[:!] ?)?https?://\S{3,300}",
        r"you (?:may|might) (?:also )?(?:like|be interested in)(?: ?[:|].{0,250})?",
    ),
    "feed": (
        r"news feed|(?:more|latest) (?:news|stories|headlines)|top stories|editors?'?s?'? picks?",
        r"(?:most|trending|popular)(?: (?:popular|read|viewed|shared|now|stories|news|posts|articles)){1,2}",
        r"(?:what to )?read next|up next|around the web|from our partners|more (?:from|in) [^.!?:]{2,40}",
    ),
    "credit": (
        r"\(?(?:with )?(?:additional )?inputs? (?:from|by) .{2,100}\)?",
        rf"sources? ?(?:by|:|-) ?(?:{_STAFF}|{IN_CREDITS})|[-(]* ?(?:{_STAFF}|{IN_CREDITS}) ?\)?",
        r"\(?(?:additional )?reporting by .{2,200}|contributing: .{2,100}",
        rf"[^.!?]{{2,100}} contributed to this {_PAGE}\.?",
        rf"this {_PAGE} was (?:edited|produced|adapted|reported)(?: (?:and|for) \w+){{0,3}} by .{{2,160}}",
        rf"this {_PAGE} (?:contains|includes) (?:material|information|reporting) from .{{2,60}}",
    ),
}
_COMPILED = tuple(
    (reason, re.compile("|".join(f"(?:{rule})" for rule in rules), re.IGNORECASE)) for reason, rules in _RULES.items()
)
_DISCLAIMER = re.compile(
    r"disclaimer ?[:-].*|the (?:opinions|views)(?: and opinions)? expressed\b.{0,80}\b(?:are|do)\b.{0,400}",
    re.IGNORECASE,
)
# Capitals tell names from a sentence here.
_NAMES_ALONE = re.compile(
    r"(?:By|BY) (?:[A-Z][\w.'-]*)(?: (?:[A-Z][\w.'-]*|and|de|van|von|al|bin|&)){1,7}(?:, [A-Z][\w .]{1,40})?"
)
_CASED = (
    ("byline", _NAMES_ALONE),
    ("caption", re.compile(r".{20,560} (?:REUTERS|AFP|AP|EPA)/[A-Z][\w .'-]{2,60}")),
    ("caption", re.compile(r"(?:.{0,450}[.!?\"')] )?(?:Photo|Photograph|Image|Picture)s?(?: by)?: [A-Z][^.!?]{2,80}")),
    ("caption", re.compile(r"(?:Facebook Twitter Pinterest|Play Video(?: \d{1,2}:\d\d)?|CLOSE(?= [A-Z])) .{2,560}")),
    (
        "related",
        re.compile(
            r"(?:More|MORE|LIST|GALLERY|GALLERIES|PHOTOS|VIDEO|QUIZ|POLL|ENGAGE|WATCH|READ|RELATED|OPINION|COLUMN|"
            r"GUEST COLUMN) ?: ?[A-Z0-9\"'].{2,250}(?<![.!])"
        ),
    ),
    ("related", re.compile(r"[^.!?]{10,200} Read more")),
    (
        "credit",
        re.compile(
            r"(?:[A-Z][\w.'-]+(?:,| and)? ){1,8}reported from [A-Z][\w.'-]+(?:,? [A-Z][\w.'-]+){0,4}"
            r"(?: Contributing: .{2,100})?"
        ),
    ),
)
_GALLERY = re.compile(
    r"photos: .*hide caption \d{1,3} of \d{1,3}\b.*|hide caption \d{1,3} of \d{1,3}\b.*", re.IGNORECASE
)
"""A picture gallery on one line, however long."""
_LINKED_NAME = re.compile(
    r"\b([A-Z][\w'’-]{1,40})( (?:[A-Z(\"][\w.'’)\"-]{0,40} ){1,4}\1(?=[A-Z0-9'\"‘“])[^\n]{15,700}? MORE\b)"
)
"""A name whose link carries the full name and headlines about it: "Reyl Ada ReylCouncil votes on bridge … MORE"."""
_CLOCK_ALONE = re.compile(_CLOCK, re.IGNORECASE)


def line_reason(line: str) -> str | None:
    """Why a squeezed line is boilerplate by itself; None when it is not."""
    if len(line) <= MAX_DISCLAIMER_CHARS and _DISCLAIMER.fullmatch(line):
        return "disclaimer"
    if _GALLERY.match(line):
        return "caption"
    if len(line) > MAX_RESIDUE_CHARS:
        return None
    for reason, pattern in _COMPILED:
        if pattern.fullmatch(line):
            return reason
    return next((reason for reason, pattern in _CASED if pattern.fullmatch(line)), None) or language_reason(line)


def linked_headlines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where, inside a line of the text, other articles' headlines hang on a name; without the name itself."""
    if text.find(" MORE", start, end) < 0:
        return []
    return [match.span(2) for match in _LINKED_NAME.finditer(text, start, end)]


def is_clock_time(line: str) -> bool:
    """Whether a squeezed line is a time of day and nothing else, as in a list of latest news."""
    return _CLOCK_ALONE.fullmatch(line) is not None
