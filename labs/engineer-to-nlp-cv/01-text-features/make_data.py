"""Makes the lab's data, byte for byte the same each time: `python make_data.py` in this folder.

The reviews are generated, by the process that is written down here. No customer wrote them.
"""

from pathlib import Path

import numpy as np
import pandas as pd

SEED = 2025
DATA = Path(__file__).parent / "data"
REVIEWS, BOTS = 1000, 16
FIRST_BOT = "2025-05-20"
CITIES = ["Amman", "Cairo", "Dubai", "Riyadh"]
# How often a review is written in Arabic, in English, and in Arabic with Latin letters and digits.
SCRIPTS = {"arabic": 0.62, "english": 0.26, "arabizi": 0.12}

PRAISE = {
    "arabic": [
        "التوصيل سريع جداً",
        "الأكل لذيذ وساخن",
        "السائق محترم ومؤدب",
        "الطعم رائع",
        "وصل الطلب قبل الموعد",
        "التغليف ممتاز",
        "أنصح به",
        "الأسعار مناسبة",
        "خدمة العملاء ممتازة",
        "تجربة رائعة",
        "كل شيء وصل كاملاً",
        "سأطلب مرة أخرى",
        "أحلى مطعم في المدينة",
        "الكمية كبيرة",
    ],
    "english": [
        "fast delivery",
        "the food arrived hot and fresh",
        "the driver was polite",
        "great taste",
        "it arrived early",
        "perfect packaging",
        "highly recommended",
        "fair prices",
        "support solved it in {n} minutes",
        "I'll order again",
        "I can't complain",
        "so good",
    ],
    "arabizi": ["wallah 7elw", "el akl taza w sokhn", "ra2e3 jiddan", "el tawseel saree3", "ana mabsoot", "a7la ta3m"],
}
COMPLAINT = {
    "arabic": [
        "التوصيل متأخر جداً",
        "الأكل وصل بارد",
        "السائق لا يرد على الهاتف",
        "الطعم سيئ",
        "الطلب ناقص",
        "التغليف ممزق",
        "لا أنصح به",
        "الأسعار غالية",
        "خدمة العملاء سيئة",
        "تجربة سيئة",
        "انتظرت {n} دقيقة",
        "لن أطلب مرة أخرى",
        "ألغى المطعم الطلب",
        "أسوأ مطعم في المدينة",
    ],
    "english": [
        "the delivery was late",
        "the food arrived cold",
        "the driver didn't answer",
        "awful taste",
        "two items were missing",
        "the packaging was torn",
        "not recommended",
        "prices are too high",
        "support didn't help",
        "I won't order again",
        "I waited {n} minutes",
        "the restaurant cancelled my order",
    ],
    "arabizi": [
        "el akl bared",
        "ma 7ada rad 3alay",
        "kteer met2akher",
        "el ta3m mish 7elw",
        "khedme say2a",
        "ghali kteer",
    ],
}
NEUTRAL = {
    "arabic": [
        "طلبت شاورما دجاج",
        "طلبت مندي لحم",
        "الطلب من فرع الجامعة",
        "دفعت {n}.5",
        "هذه المرة الثانية",
        "العشاء مع العائلة",
        "طلبت فطائر وعصير",
    ],
    "english": [
        "I ordered {n} wraps",
        "dinner for the family",
        "second time here",
        "paid {n}.75",
        "from the mall branch",
    ],
    "arabizi": ["talabt shawarma", "3asha ma3 el 3ayle", "tani marra"],
}
GLAD, CROSS = ["😍", "👍", "🔥", "😋"], ["😡", "👎", "😞", "🤮"]
MARKS = ["\u064e", "\u064f", "\u0650", "\u0651"]  # fatha, damma, kasra, shadda
JOINING = set("سطعبتمنجحخصشفقهي")  # letters that a mark or tatweel follows well
DRAWN = set("اويaeiou")


def main() -> None:
    """Write the file of reviews."""
    rng = np.random.default_rng(SEED)
    DATA.mkdir(exist_ok=True)
    reviews = add_bots(rng, make_reviews(rng))
    reviews.to_csv(DATA / "reviews.csv", index=False, encoding="utf-8", lineterminator="\n")


def make_reviews(rng: np.random.Generator) -> pd.DataFrame:
    """A half-year of reviews with their stars, as people write them."""
    day = pd.Timestamp("2025-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 181, REVIEWS)), unit="D")
    rows = []
    for _ in range(REVIEWS):
        script = str(rng.choice(list(SCRIPTS), p=list(SCRIPTS.values())))
        glad = bool(rng.random() < 0.55)
        stars = int(rng.choice([5, 4, 3], p=[0.6, 0.3, 0.1]) if glad else rng.choice([1, 2, 3], p=[0.55, 0.35, 0.1]))
        rows.append((str(rng.choice(CITIES)), stars, write_review(rng, script, glad=glad)))
    frame = pd.DataFrame(rows, columns=["city", "stars", "text"])
    frame.insert(0, "date", day)
    return frame.assign(removed=0)


def write_review(rng: np.random.Generator, script: str, *, glad: bool) -> str:
    """Two or three phrases, now and then one of the other mood, each spelt as somebody in a hurry would."""
    moods = [glad if rng.random() < 0.9 else not glad for _ in range(int(rng.integers(1, 4)))]
    phrases = [str(rng.choice((PRAISE if mood else COMPLAINT)[script])) for mood in moods]
    phrases = list(dict.fromkeys(phrases))
    if rng.random() < 0.5:
        phrases.insert(int(rng.integers(0, len(phrases) + 1)), str(rng.choice(NEUTRAL[script])))
    phrases = [spell(rng, phrase.format(n=int(rng.integers(3, 120))), script) for phrase in phrases]
    comma = str(rng.choice(["، ", "،", " ", " .. "] if script == "arabic" else [", ", ". ", " ", ","]))
    text = comma.join(phrases) + str(rng.choice(["", "", ".", "!", "!!!"]))
    if rng.random() < 0.35:
        text += " " * int(rng.integers(0, 2)) + str(rng.choice(GLAD if glad else CROSS)) * int(rng.integers(1, 4))
    return "\u200f" + text if script == "arabic" and rng.random() < 0.1 else text


def spell(rng: np.random.Generator, phrase: str, script: str) -> str:
    """The phrase as it is typed: by habit of the writer, letter by letter."""
    if script == "arabic":
        phrase = spell_arabic(rng, phrase)
    elif rng.random() < 0.3:
        phrase = phrase[0].upper() + phrase[1:]
    elif rng.random() < 0.1:
        phrase = phrase.upper()
    if rng.random() < 0.2:
        places = [place for place in range(1, len(phrase)) if phrase[place] in DRAWN and phrase[place - 1].isalpha()]
        if places:
            place = int(rng.choice(places))
            phrase = phrase[:place] + phrase[place] * int(rng.integers(2, 7)) + phrase[place:]
    return phrase.replace("'", "\u2019") if rng.random() < 0.5 else phrase


def spell_arabic(rng: np.random.Generator, phrase: str) -> str:
    """Hamza left out, ta marbuta as ha, ya without dots, marks, tatweel, and the digits of the region."""
    if rng.random() < 0.5:
        phrase = phrase.translate(str.maketrans("أإآ", "ااا"))
    if rng.random() < 0.35:
        phrase = phrase.replace("ة", "ه")
    if rng.random() < 0.3:
        phrase = phrase.replace("ى", "ي")
    if rng.random() < 0.7:
        phrase = phrase.replace("ً", "")
    if rng.random() < 0.2:
        place = 1 + int(rng.choice([place for place, letter in enumerate(phrase) if letter in JOINING]))
        phrase = phrase[:place] + str(rng.choice(MARKS)) + phrase[place:]
    if rng.random() < 0.2:
        places = [place for place in range(1, len(phrase)) if phrase[place - 1] in JOINING and phrase[place].isalpha()]
        place = int(rng.choice(places))
        phrase = phrase[:place] + "ـ" * int(rng.integers(1, 5)) + phrase[place:]
    if rng.random() < 0.5:
        phrase = phrase.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    return phrase


def add_bots(rng: np.random.Generator, reviews: pd.DataFrame) -> pd.DataFrame:
    """Some late reviews become a bot's: words of other reviews, shuffled; a moderator has removed them since."""
    late = np.flatnonzero(reviews["date"] >= FIRST_BOT)
    arabic = reviews["text"].str.contains("[\u0600-\u06ff]").to_numpy()
    for place in rng.choice(late, BOTS, replace=False):
        others = rng.choice(np.flatnonzero(arabic == arabic[place]), 3, replace=False)
        words = " ".join(reviews["text"].iloc[others]).split()
        reviews.loc[place, "text"] = " ".join(rng.permutation(words)[:10])
        reviews.loc[place, ["stars", "removed"]] = [5, 1]
    return reviews


if __name__ == "__main__":
    main()
