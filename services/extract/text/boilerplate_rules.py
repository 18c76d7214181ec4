"""What boilerplate inside an article reads like: patterns of sentences, of lines, and of what is glued to names."""

import re

from services.language.agencies import IN_CAPTIONS

_NETWORK = r"(?:Twitter|Facebook|Instagram|Snapchat|LinkedIn|YouTube|Telegram|Threads|Bluesky|X\b|@\w)"
_LETTER = r"(?:newsletters?|inbox|e-?mails?|mailing list|alerts?|briefing|podcast|here|free|today|updates|membership)"
_PAGE = r"(?:story|article|report|post|piece|column|page)"
_JOB = (
    r"(?:reporter|correspondent|columnist|contributor|editor|writer|journalist|fellow|author|professor|lecturer|host|"
    r"commentator|analyst|producer|blogger|historian|essayist|critic)"
)
_NAME = r"[A-Z][\w.'-]+(?: (?:[A-Z][\w.'-]*|de|van|von|al|bin|el|la)){1,4}"
_AUTHOR = r"(?:him|her|me|them|us|the (?:author|writer|reporter))"

HINTS = (
    "sign up", "signing up", "subscri", "newsletter", "inbox", "follow", "contribut", "reached", "email", "e-mail",
    "copyright", "©", "updat", "break", "developing", "original", "view ", "views ", "opinions", "read", "click",
    "watch", "note", "correction", "clarification", "check back", "login", "log in", "per month", "a week", "a month",
    "already a", "corrected", "amended", "version of this", "hear from you", "our survey",
)  # fmt: skip
"""Words, in lower case, without which no sentence of `SENTENCE` exists, so that most paragraphs are looked at once."""
_SENTENCES = (
    (
        r"(?:(?:\w+ ){0,5}newsletter )?(?:please )?(?:sign up|subscribe|register)\b.{0,200}"
        rf"\b{_LETTER}\b.{{0,120}}"
    ),
    r"(?:want|like|love|enjoy|need)\b.{0,160}\b(?:newsletter|inbox)\b.{0,60}\?",
    r"get\b.{0,200}\b(?:newsletters?|(?:your|every) inbox|breaking news alerts)\b.{0,160}",
    r"by signing up,? you agree\b.*|you can unsubscribe\b.*|this site is protected by recaptcha\b.*",
    (
        rf"(?:you can |please )?(?:also )?follow (?:{_AUTHOR}|@?\w+(?: [A-Z][\w.'-]+){{0,3}})"
        rf"(?: @\w| (?:on|at)\b.{{0,20}}{_NETWORK}).{{0,160}}"
    ),
    rf"(?:you can |please )?(?:e-?mail|write to|contact|reach) {_AUTHOR}\b.{{0,40}}[ :]\S{{1,60}}@\S{{1,60}}.{{0,60}}",
    r"[^.!?]{2,80}\b(?:can|may) be (?:reached|contacted|followed|e-?mailed) (?:at|via|on|by)\b.{0,160}",
    rf".{{2,300}}\bcontributed (?:reporting )?to this {_PAGE}\b.{{0,60}}",
    r".{2,160} contributed reporting\b.{0,60}",
    rf"(?:this|the) {_PAGE} (?:has been|was|is being|will be|is) (?:also )?(?:last )?updated\b.{{0,160}}",
    r"(?:editor'?s'? note|correction|clarification) ?:.{3,400}",
    rf"(?:this|it) is an? (?:breaking|developing)(?: news)? {_PAGE}\b.{{0,120}}",
    r"(?:please )?check back (?:for|here|later|soon)\b.{0,80}",
    rf"this {_PAGE} (?:was )?(?:originally|first) (?:published|appeared|ran)\b.{{0,160}}",
    rf"read the (?:full |original ){_PAGE}\b.{{0,60}}",
    (
        r"(?:the )?(?:views|opinions)(?: and opinions)? "
        r"(?:expressed|of (?:the |our )?(?:contributors|authors?|writers?))\b.{0,100}\b(?:are|do)\b.{0,200}"
    ),
    r"click here\b.{0,160}",
    (
        r"(?:subscribe|sign up|log ?in|register|become a (?:member|subscriber))\b.{0,40} "
        r"to (?:read|continue|unlock|keep)\b.{0,120}"
    ),
    r"[^.!?]{2,60} wants? to hear from you\b.{0,160}|(?:please )?take our survey\b.{0,80}",
    r"already an? (?:paying )?(?:subscriber|member)\?(?: (?:log|sign) ?in\b.{0,60})?|log ?in\.?",
    r"only .{1,24} (?:a|per) (?:week|month) for (?:the|your) first\b.{0,40}",
    (
        r"(?:to )?(?:read|see|watch|view) (?:more|the full (?:interview|video|story|report|letter|text))\b.{0,100}"
        r"\b(?:click|visit|go to)\b.{0,100}"
    ),
    r"(?:copyright )?(?:©|\(c\)) (?:copyright )?\d{4}\b.{0,160}|copyright \d{4}\b.{0,160}",
)
SENTENCE = re.compile("|".join(_SENTENCES), re.IGNORECASE)
CORRECTION = re.compile(
    r"(?:corrections?|clarifications?)(?: \([^()]{1,60}\)| (?:on )?[\w. ]{1,30}\d{4})? ?:"
    rf"|(?:this|(?:an|the) (?:earlier|previous|original) version of this) {_PAGE} (?:(?:has been|was|had) )?(?:also )?"
    r"(?:corrected|amended|incorrectly|misstated|wrongly|mistakenly|erroneously|misspelled|misidentified)\b",
    re.IGNORECASE,
)
"""How a correction starts: what follows in its paragraph tells what was wrong and what is right."""
BRACKETED = re.compile(
    r"[(\[] ?(?:RELATED|READ MORE|READ|ALSO|WATCH|VIDEO|MORE|SEE ALSO|Related|Read more|Also read|Watch|See also|"
    r"Click here)(?: ?:| about| to| for)? [^()\[\]\n]{5,250}[)\]]"
)
"""A link in brackets."""
CLOCK = re.compile(
    r"(?:[Uu]pdated?:? )?(?:(?:[01]?\d|2[0-3])[:.][0-5]\d ?(?:[AaPp]\.?[Mm]\.?)?|[0-2]\d[0-5]\d(?= [A-Z]{1,3}T\b))"
    r"(?: (?:[A-Z]{1,3}T|UTC))?\b(?: ?[—–:|-]+)? ?(?=[A-Z\"'#@])"
)
"""When an entry of a live blog was written, at the start of its line."""
_LINES = (
    r"(?:(?:image|media) (?:copyright|caption|source)|media playback is (?:un|not )supported)\b.*",
    r"(?:hide caption|enlarge this image|just watched|must watch)\b.*",
    (
        r"(?:see|view|more) (?:the |more |all )?(?:photos?|pictures|images|video|gallery)(?: gallery)?\b ?:?"
        r"(?! (?:show|of the|from the|that)).{0,200}"
    ),
    r"read (?:more|also|next)\b ?(?::|about|\(|here).{0,250}|read ?\(from [^()]{3,30}\) ?:.{0,250}",
    r"(?:see also|also see|also read|further reading|related)\b ?[:|(]?.{0,250}",
    r"(?:more|recommended|trending|popular) (?:from|on|in|stories|coverage)\b[^.]{0,120}",
    r"(?:file|in this) (?:photo|picture|image)\b.{0,400}",
    (
        r"this (?:\w+ ){0,3}(?:image|photo|photograph|picture|still|screen ?grab|frame grab) "
        r"(?:apparently |reportedly )?(?:from|by|provided|taken|released|made|shows|captured|obtained)\b.{0,700}"
    ),
    r"(?:watch|video|photos|listen|gallery|slideshow) ?: ?[^.:\n]{10,200}|watch ?:",
)
SKIPPED = re.compile(
    r"(?:Skip|End of) (?:Twitter|X|Facebook|Instagram|YouTube|TikTok) (?:post|video)(?: \d{1,2})? by @\w{1,40}"
)
"""What a page says around a post that it shows, for those who cannot see it."""
LIST_HEADING = re.compile(
    r"(?:read (?:more|next|also)|related(?: (?:stories|articles|coverage|links|news|content))?|see also|also read|"
    r"more (?:stories|coverage|news|reading|on this(?: story)?)|more (?:from|on) [^.:\n]{2,60}|further reading|"
    r"(?:recommended|trending|most (?:read|popular)|top stories|you may also like))(?: ?:)?",
    re.IGNORECASE,
)
"""A whole line over a list of other articles."""
OUTLET = re.compile(
    r"[A-Z][^.!?\n]{2,120}? is (?:an? |the |one of )[^.!?\n]{0,80}"
    r"\b(?:provider|source|publisher|newsroom|outlet|site|website|magazine|newspaper|network|compan(?:y|ies)|organi[sz]ation|publication)s?\b[^.!?\n]{0,120}"
    r"\b(?:news|journalism|opinion|reporting|analysis|coverage)\b"
)
"""How an outlet describes itself at an article's end."""
LINE = re.compile("|".join(_LINES), re.IGNORECASE)
"""A whole line that is a caption, a link or a form, wherever it stands."""
FORM = re.compile(r"\bby signing up,? you agree to receive\b", re.IGNORECASE)
IN_FORM = "agree to"
"""In lower case."""
CREDIT = re.compile(r"Getty|AP\b|AFP|Reuters|REUTERS|EPA|Shutterstock|POLITICO|NurPhoto|Bloomberg|[Pp]hoto|[Ii]mage")
"""Words without which no caption has a credit."""
IN_CREDIT = (
    "Getty", "AP", "AFP", "Reuters", "REUTERS", "EPA", "Shutterstock", "POLITICO", "Bloomberg", "hoto", "mage",
)  # fmt: skip
"""Each match of the pattern has one of them in it."""
CAPTION = re.compile(
    rf".{{10,600}}(?:[.\"'] ?\| ?[^|.]{{0,60}}\b(?:{IN_CAPTIONS}|[Pp]hoto)\b.*|"
    rf"(?:[.\"'] |/){IN_CAPTIONS}(?: via {IN_CAPTIONS})?\.?|\((?:[Pp]hoto|[Ii]mage)[^()]{{0,80}}\)\.?|"
    rf"\([^()]{{2,60}}(?: via |/){IN_CAPTIONS}[^()]{{0,40}}\)\.?|"
    rf"\({IN_CAPTIONS} (?:[Pp]hoto|[Ii]mages?|[Ff]ile)\b[^()]{{0,60}}\)\.?)"
)
"""A caption with its credit; some sites run a heading on from there."""
AUTHOR = re.compile(
    rf"[—–-]{{0,2}} ?(?:{_NAME}|[A-Z][\w.'-]+)(?: \(@\w{{1,40}}\))?(?:, [^.]{{2,60}},)? (?:is|writes|covers|lives in) "
)
AUTHOR_JOB = re.compile(rf"is [^.!?]{{2,90}}\b{_JOB}s?\b|(?:writes|covers) (?:for|about|on)\b")
AUTHOR_ADDRESS = re.compile(
    r"\b(?:[Ff]ollow|[Ee]-?mail|[Rr]each|[Cc]ontact|[Ww]rite to) (?:him|her|them|me)\b|\bH(?:er|is) latest book"
)
GLUED_HEADLINES = (
    re.compile(
        r"\b(?P<first>[A-Z][\w.'-]{1,40}) (?P<last>[A-Z][\w'-]{1,40}) ?"
        r"(?P<cut>(?P=first) (?:[A-Z(\"][\w.')\"-]{0,40} ){0,3}(?P=last) ?(?=[A-Z0-9'\"])[^\n]{15,700}? MORE\b)"
    ),
    re.compile(
        r"\b(?P<last>[A-Z][a-z'-]{2,40})"
        r"(?P<cut>[A-Z][\w.'-]{1,40} (?:[A-Z(\"][\w.')\"-]{0,40} ){0,3}(?P=last) ?(?=[A-Z0-9'\"])[^\n]{15,700}? MORE\b)"
    ),
    re.compile(
        r"\b[A-Z][\w.'-]{1,40} (?:[A-Z][\w.()\"'-]{0,40} ){0,3}[A-Z][\w'-]{0,40}[a-z]{2}"
        r"(?P<cut>(?=[A-Z])[^\n]{15,700}? MORE\b)"
    ),
)
"""Headlines of other articles on a linked name: "Ada Reyl Ada Maria Reyl Council votes … MORE", or glued to it."""
