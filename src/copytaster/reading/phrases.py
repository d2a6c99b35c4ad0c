"""Words that pages use everywhere, by what they stand for: the one place to add one.

Each is an alternative of a regular expression, whatever the case: `RELATED` and `TALK` match a
whole line, `FURNITURE`, `PHOTO`, `BYLINE` and `UPDATED` its beginning, the others any part of it.
"""

import re


class Phrases:
    """Phrases in lower case, sought in texts of any: three times as fast as by `IGNORECASE`."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)

    def match(self, text: str) -> bool:
        """Tell whether a text begins with one of them."""
        return self.pattern.match(text.lower()) is not None

    def fullmatch(self, text: str) -> bool:
        """Tell whether a text is one of them."""
        return self.pattern.fullmatch(text.lower()) is not None


def _whole(words: str) -> Phrases:
    return Phrases(rf"(?:{_joined(words)})\W{{0,4}}")


def _begin(words: str) -> Phrases:
    return Phrases(rf"\W{{0,3}}(?:{_joined(words)})(?!\w)")


def _anywhere(words: str) -> re.Pattern[str]:
    return re.compile(_joined(words), re.IGNORECASE)


def _joined(words: str) -> str:
    return "|".join(line.strip() for line in words.strip().splitlines())


RELATED = _whole(r"""
    (?:similar|related|recommended|more|latest|top|further)
    (?:similar|related|recommended|more|latest|top|further) (?:articles|stories|news|content|topics)
    (?:related|more|further) (?:reading|posts|videos|coverage|headlines)|editors?.? picks?
    (?:read|see|watch|learn) (?:also|more|next)|also read|also see
    more (?:on|from|in|about) .{2,40}|recommended for you
    you (?:may|might) (?:also )?(?:like|be interested in)|up next|what to read next|don.t miss
    most (?:read|popular|viewed|shared|watched)|popular (?:now|stories|articles)
    trending(?: now| stories)?|in (?:this|other) (?:story|news)|around the web
    promoted (?:content|stories)|sponsored(?: content)?|from our partners|mehr zum thema
    mehr (?:zu|aus|von|über) .{2,40}|(?:lesen|sehen) sie (?:auch|mehr|dazu).{0,20}
    auch interessant|lesetipps?|zum thema
    (?:weitere|ähnliche|neueste|aktuelle) (?:artikel|nachrichten|meldungen|themen).{0,20}
    (?:weitere|ähnliche|verwandte|passende) (?:beiträge|news|videos|artikel).{0,20}
    das könnte (?:sie|dich|ihnen) (?:auch )?(?:interessieren|gefallen)|passend dazu
    (?:meist|am meisten) ?gelesen.{0,20}|top-?themen|top-?artikel
    [àa] lire (?:aussi|également|ensuite)|lire aussi|voir aussi|sur le même (?:sujet|thème)
    articles (?:liés|similaires|associés)|les plus lus|dans la même rubrique|nos sélections
    (?:lea|leer|lee|ver|lo) (?:también|más).{0,20}|te puede interesar
    (?:noticias|temas|artículos|contenido)s? relacionad[ao]s?
    más (?:noticias|información|leído|sobre .{2,30})|archivado en|otros artículos.{0,30}
    leia (?:também|mais)|(?:notícias|artigos) relacionad[ao]s|veja também|mais lidas|leggi anche
    (?:articoli|notizie) correlat[ei]|potrebbe interessarti(?: anche)?|i più letti|ultime notizie
    lees (?:ook|meer)|gerelateerd(?:e artikelen)?|meer over .{2,30}|meest gelezen
    läs (?:också|även|mer)|relaterat|mest läst|les også|les mer|flere saker|mest lest|siste nytt
    læs også|mest læste|lue myös|luetuimmat
    (?:czytaj|zobacz|przeczytaj) (?:także|też|również|więcej)|najnowsze|najczęściej czytane
    powiązane.{0,20}|(?:přečtěte|mohlo) .{0,30}|související.{0,20}|čítajte (?:aj|tiež)
    súvisiace.{0,20}|skaitykite (?:taip pat|daugiau)|susij.{0,20}
    (?:читайте|смотрите) (?:также|ещё|еще)|(?:материалы )?по теме|популярное|главное
    новости по теме|читайте також|за темою|популярне|прочетете още|diğer haberler|ilgili haberler
    son dakika|διαβάστε (?:επίσης|ακόμα)|σχετικά (?:άρθρα|θέματα)|関連(?:記事|ニュース|リンク)?
    おすすめ.{0,10}|.{0,10}ランキング|あわせて読みたい|相关(?:新闻|阅读|文章|推荐)|延伸阅读
    相關新聞|관련\s?기사|baca juga|berita (?:terkait|lainnya)|terpopuler
    اقر[أئ] (?:أيض[اًا]+|المزيد)|مواضيع ذات صلة|مقالات ذات صلة|الأكثر قراءة|כתבות נוספות|עוד בנושא
""")

TALK = _whole(r"""
    (?:\d+ )?comments?(?: \(?\d+\)?)?|(?:leave|post|add|write) a (?:comment|reply)
    join the (?:conversation|discussion)|(?:view|show|hide|see|load)(?: all| more)? comments
    discussion|responses|replies|(?:\d+ )?kommentare?(?: \(?\d+\)?)?
    (?:kommentar|kommentare) (?:schreiben|verfassen|lesen|anzeigen)|forum|diskutieren sie mit
    diskussion|(?:\d+ )?commentaires?(?: \(?\d+\)?)?|réagir|(?:\d+ )?comentarios?(?: \(?\d+\)?)?
    mostrar comentarios|(?:\d+ )?comentários?|commenti|(?:\d+ )?reacties|kommentarer|komentarze
    komentarai|комментарии|коментарі|コメント(?:する)?|评论|댓글|التعليقات|תגובות
""")

FURNITURE = _begin(r"""
    share|tweet|follow us|follow .{0,20}on|sign ?(?:up|in|out)|log ?in|subscri|newsletter|register
    download|install|click|tap|copy|print|email|e-mail|bookmark|save|listen|play|watch live
    live tv|advert|skip|menu|search|close|loading|toggle|open|home$|back to|scroll|view
    get (?:the|our|breaking)|support|donate|become|contact|about us|terms|privacy|cookie|we use
    all rights|copyright|©|this (?:site|website)|by (?:clicking|signing|submitting)
    your (?:email|browser|account)|please|create|already|manage|report|correct|filed under|tags?
    topics?|category|categories|posted in|updated|published|posted|first published|last updated
    image (?:\d|source|caption|credit)|getty|min(?:ute)?s? read|read time|\d+ min|editor.s note
    got a tip|send (?:us|tips)|need help|editorial standards|our (?:standards|journalism)|accept
    reject|advertisement|story continues|article continues|continue reading|read (?:full|more)
    view (?:gallery|all|more)|this (?:video|article|story) (?:can|is|was)|enable javascript
    javascript|teilen|merken|drucken|anzeige|werbung|abonn|anmelden|einloggen|registrieren|jetzt
    hier|startseite|zur|impressum|datenschutz|agb|kontakt|folgen|feedback|hinweis|stand
    veröffentlicht|aktualisiert|artikel|bild|foto|quelle|video|audio|vorlesen|lesezeit|menü|suche
    schließen|weiter|zurück|nach oben|alle rechte|mit material|über (?:uns|den autor|die autor)
    themen|schlagw|partager|imprimer|s.abonner|abonnez|inscri|connexion|se connecter|publi[ée]
    mis à jour|rechercher|fermer|mentions légales|tous droits|réservé|compartir|suscr[ií]
    iniciar sesión|publicado|actualizado|buscar|cerrar|aviso legal|todos los derechos|guardar
    imprimir|redactor|síguenos|condividi|abbonati|accedi|pubblicato|aggiornato
    riproduzione riservata|compartilh|assine|deel|abonneer|del|dela|prenumerera|logg inn|logga in
    udostępnij|zaloguj|reklama|поделиться|подпис|реклама|поширити|paylaş|シェア|有料|会員|ログイン
    無料|印刷|分享|登录|مشاركة
""")

LEGAL = _anywhere(r"""
    \bcookies?\b|privacy (?:policy|notice|settings)|personal (?:data|information)|\bopt.?out\b
    your consent|terms of (?:use|service)|datenschutz|einwilligung|personenbezogen|widerruf
    données personnelles|confidentialité|datos personales|política de privacidad
    browsing (?:experience|data)|all rights reserved|alle rechte vorbehalten|unsubscribe
    externe[rn]? inhalt|contenu externe|contenido externo|your (?:browser|preferences|account)
    legitimate interest|our (?:partners|website|site)\b|this website
""")
COUNTED = _anywhere(r"""
    \b(?:comments?|views?|reads|shares?|likes?|repl(?:y|ies)|respon[sc]es?|reactions?|votes?|diggs)\b
    \b(?:k[ou]mmentare?r?|commentaires?|coment[aá]rios?|commenti|reacties?|komentar\w*|koment[aá]ř\w*)\b
    \b(?:antworten|beiträge|aufrufe|klicks|vues|partages|réactions|lecturas|visitas|respuestas)\b
    \b(?:letture|condivisioni|compartilhamentos|visninger|visningar|wyświetle\w+|udostępnie\w+)\b
    коммент\w*|комент\w*|просмотр\w*|перегляд\w*|σχόλι\w*|yorum\w*|コメント|閲覧|评论|評論|댓글|조회
    تعليق\w*|مشاهد\w*|תגוב\w*
""")
PHOTO = re.compile(
    r"(?:photos?|picture|image|foto|bild|fotografía|imagen|immagine|zdjęcie|fot\.|写真|صورة|фото)"
    r"(?: credit| by)?\s*[:：]",
    re.IGNORECASE,
)
CREDIT = _anywhere(r"""
    \((?:AP )?(?:photo|image|foto|picture|credit|bild|quelle|pic)\b[^)]{0,80}\)|getty images?
    shutterstock|reuters/|/reuters|/afp|afp/|/dpa|dpa/|/epa|imago|picture alliance|\bap photo|/ap\b
    keystone|©|\(c\)|撮影|photo ?:|foto ?:|image ?:|picture ?:|bild ?:|credit ?:|quelle ?:|fuente ?:
    crédit ?:|copyright ?:
""")
BYLINE = re.compile(
    r"(?:story |written |reported )?(?:by|von|par|por|di|door|av|af|przez|autor(?:in)?|author"
    r"|auteur|text|автор|от)\s*[:：]?\s+\S",
    re.IGNORECASE,
)
UPDATED = re.compile(
    r"(?:last )?(?:updated|modified|aktualisiert|mis à jour|actualizado|aggiornato|обновлено)\b",
    re.IGNORECASE,
)
