"""Lines of boilerplate in other languages than English, and what every language has. Pure.

As in `boilerplate_rules`: squeezed whole lines, and only short ones. The phrases are what news sites of a language say
around their articles; none is of one site.
"""

import re
from collections.abc import Sequence

from services.language.agencies import CREDITED_ABROAD

_RELATED = (
    # German
    *("auch interessant", "das könnte sie auch interessieren", "lesen sie auch", "lesen sie dazu", "lesen sie mehr"),
    *("mehr dazu", "mehr zum thema", "passend dazu", "siehe auch", "zum weiterlesen"),
    # French
    *("à lire", "à lire aussi", "lire aussi", "lire la suite", "sur le même sujet", "voir aussi"),
    # Spanish, Portuguese, Italian
    *("lea también", "lea más", "lee también", "leer también", "noticias relacionadas", "te puede interesar"),
    *("ver también", "leia mais", "leia também", "veja também", "leggi anche", "leggi tutto", "vedi anche"),
    # Dutch, Danish, Norwegian, Swedish, Finnish
    *("bekijk ook", "lees meer", "lees ook", "læs mere", "læs også", "les mer", "les også", "läs mer", "läs också"),
    *("lue myös", "se også", "se också"),
    # Polish, Czech, Turkish, Russian, Ukrainian
    *("czytaj także", "czytaj też", "czytaj więcej", "przeczytaj także", "zobacz także", "zobacz też", "čtěte také"),
    *("ayrıca bakınız", "читайте также", "смотрите также", "читайте також"),
    # Japanese, Korean, Chinese, Hindi, Vietnamese
    *(
        "あわせて読みたい",
        "関連記事",
        "관련기사",
        "延伸阅读",
        "延伸閱讀",
        "相关阅读",
        "यह भी पढ़ें",
        "ये भी पढ़ें",
        "xem thêm",
        "đọc thêm",
    ),
)
_ADVERTISEMENT = (
    *("anzeige", "werbung", "passer la publicité", "publicité", "publicidad", "publicidade", "pubblicità"),
    *("advertentie", "annonce", "annonse", "reklam", "reklama", "ilan", "реклама", "広告", "广告", "廣告", "광고"),
    *("विज्ञापन", "quảng cáo"),
)
_SHARE = (
    *(
        "artikel drucken",
        "artikel merken",
        "artikel teilen",
        "beitrag teilen",
        "drucken",
        "kommentieren",
        "merken",
        "teilen",
    ),
    *("partager", "partager l'article", "compartir", "condividi", "delen", "dela", "del artikel"),
    *(
        "このニュースをシェア",
        "この記事をシェア",
        "シェア",
        "分享",
        "공유하기",
        "कॉपी लिंक",
        "기사 url이 복사되었습니다.",
    ),
)
_RIGHTS = (
    *("alle rechte vorbehalten", "alle rechten voorbehouden", "todos los derechos reservados"),
    *("todos os direitos reservados", "tous droits réservés", "tutti i diritti riservati", "無断転載", "무단 전재"),
)
_SOURCE = (
    "bron",
    "fonte",
    "fuente",
    "fuentes",
    "kilde",
    "kilder",
    "källa",
    "quelle",
    "quellen",
    "źródło",
    "来源",
    "來源",
    "출처",
)
_STAFF = (
    *("faktencheck", "lektorat", "mitarbeit", "redaktion", "redigering", "traduction", "traducción", "übersetzung"),
)
_COMMENTS = ("commentaires?", "comentarios?", "commenti", "kommentarer", "kommentare?", "reacties")
_SIGN_UP = (
    *("abonnez-vous", "abonnieren sie", "inscrivez-vous", "iscriviti", "melden sie sich", "schrijf je in"),
    *("suscríbase", "suscríbete"),
)
_NEWSLETTER_VERBS = r"(?:abonnieren|anmelden|bestellen|registrieren|s'inscrire|suscr[ií]b\w+|iscriviti)"


def _any(phrases: Sequence[str]) -> str:
    return f"(?:{'|'.join(phrases)})"


_RULES: dict[str, tuple[str, ...]] = {
    "related": (
        rf"{_any(_RELATED)}(?: ?[:：|>].{{0,250}}|\.{{0,3}})",
        # French and others leave the colon out.
        r"(?:à lire aussi|lire aussi|leggi anche|lees ook) .{3,200}[^.!?]",
    ),
    "advertisement": (rf"[- ]*{_any(_ADVERTISEMENT)}[- :]*",),
    "share": (rf"(?:- )?{_any(_SHARE)}(?: (?:auf|per|über|sur|en|su) .{{2,40}})?",),
    "credit": (
        rf"{_any(_SOURCE)} ?[:：] ?.{{2,80}}|{_any(_STAFF)} ?: ?[^.!?]{{2,120}}",
        r"mit (?:material|informationen|inhalten) (?:von|der|des) .{2,60}|mit agenturmaterial\.?",
        rf"\(?(?:mit|avec|con) {CREDITED_ABROAD}(?:[,/ ]+{CREDITED_ABROAD}){{0,3}}\)?\.?",
        rf"[-(\[]*{CREDITED_ABROAD}(?: ?[/,;&-] ?[a-z]{{1,12}}){{0,4}}[)\]]*\.?",
        r"(?:with|additional) reporting (?:by|from) .{2,100}",
        r"(?:dieser|der) (?:artikel|beitrag|text) (?:erschien|ist|wurde) (?:erstmals|ursprünglich|zuerst) .{2,120}",
    ),
    "byline": (
        r"(?:lesedauer|lesezeit|leestijd|lesetid|lästid|læsetid|temps de lecture|tempo di lettura) ?:? ?.{1,20}",
    ),
    "notice": (
        r"(?:hat ihnen|te ha gustado|vous avez aimé) .{0,30}\b(?:artikel|artículo|article)\b.{0,300}",
        rf"(?:©|copyright ?[:©]) ?.{{2,300}}|{_any(_RIGHTS)}\.?.{{0,100}}",
        r"(?:haben sie einen )?fehler (?:entdeckt|gefunden)\??.{0,80}|signaler une erreur",
        r"this is a (?:breaking|developing) (?:news |new )?story\b.{0,120}|\((?:end|ends|fin|ende)\)",
        rf"(?:\d+ )?{_any(_COMMENTS)}(?: (?:anzeigen|lesen|schreiben))?|kommentare sind geschlossen",
    ),
    "form": (
        rf"(?:.{{0,160}}\b)?(?:newsletters?|podcasts?)\b.{{0,120}}\b{_NEWSLETTER_VERBS}\b.{{0,80}}",
        rf"{_any(_SIGN_UP)}\b.{{0,200}}",
        r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,30}){1,3}",
    ),
}
_COMPILED = tuple(
    (reason, re.compile("|".join(f"(?:{rule})" for rule in rules), re.IGNORECASE)) for reason, rules in _RULES.items()
)


def language_reason(line: str) -> str | None:
    """Why a squeezed line is boilerplate in some language; None when it is not."""
    return next((reason for reason, pattern in _COMPILED if pattern.fullmatch(line)), None)
