"""Languages: which one a text is in, and the code of one that somebody has named."""

import re

LETTERS = 200  # with fewer a detector guesses
SAMPLE = 20_000  # characters; more do not make it surer

# What bibliographies call languages: names, names of LaTeX packages, codes of three letters.
_NAMES = {
    "ar": "arabic ara",
    "be": "belarusian bel",
    "bg": "bulgarian bul",
    "ca": "catalan cat",
    "cs": "czech ces cze",
    "da": "danish dan",
    "de": "german deutsch ngerman austrian naustrian swissgerman nswissgerman deu ger",
    "el": "greek ell gre",
    "en": "english american british usenglish ukenglish canadian australian newzealand eng",
    "es": "spanish castilian español spa",
    "et": "estonian est",
    "fa": "persian farsi fas per",
    "fi": "finnish fin",
    "fr": "french français francais acadian canadien fra fre",
    "he": "hebrew heb",
    "hi": "hindi hin",
    "hr": "croatian hrv",
    "hu": "hungarian magyar hun",
    "hy": "armenian hye arm",
    "id": "indonesian ind",
    "it": "italian italiano ita",
    "ja": "japanese jpn",
    "ka": "georgian kat geo",
    "kk": "kazakh kaz",
    "ko": "korean kor",
    "la": "latin lat",
    "lt": "lithuanian lit",
    "lv": "latvian lav",
    "nl": "dutch nederlands nld dut",
    "no": "norwegian norsk bokmål nob nor",
    "pl": "polish polski pol",
    "pt": "portuguese brazilian português por",
    "ro": "romanian ron rum",
    "ru": "russian русский rus",
    "sk": "slovak slk slo",
    "sl": "slovenian slovene slv",
    "sr": "serbian srp",
    "sv": "swedish svenska swe",
    "tr": "turkish türkçe tur",
    "uk": "ukrainian українська ukr",
    "zh": "chinese zho chi",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}


def detect(text: str) -> str | None:
    """ISO 639-1 code of the language that most of the text is in; None if it has too few letters to say.

    The middle of a long text is looked at: its ends may be an abstract or references in another
    language. The same text always gives the same answer. Detector: py3langid, a naive Bayes model of
    byte sequences (Lui & Baldwin 2012).
    """
    start = max(0, len(text) - SAMPLE) // 2
    sample = text[start : start + SAMPLE]
    if sum(map(str.isalpha, sample)) < LETTERS:
        return None
    from py3langid import classify

    code, _ = classify(sample)
    return code if len(code) == 2 else None  # longer codes: no language, or one without a short code


def code_of(name: str) -> str | None:
    """ISO 639-1 code for what people write: `en`, `en-US`, `EN_gb`, `English`, `eng`; None if unknown."""
    first = re.split(r"[-_ ]", name.strip().lower())[0]
    return first if re.fullmatch(r"[a-z]{2}", first) else _CODES.get(first)
