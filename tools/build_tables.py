"""Build the look-up tables of the virtual keyboard from the sources named in assets/keyboard/SOURCES.md.

A developer's tool, run by hand when a source has a new release; the kiosk only reads the result. Usage:

    .venv/bin/python -m tools.build_tables --jieba dict.txt --ids ids_lv2.txt --regions regions.csv

Every table is a UTF-8 file of lines ``key TAB values`` sorted by the bytes of the key, so that the kiosk can map it
into memory and look up by bisection without loading it.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import math
from collections import Counter, defaultdict
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.pinyin_dict import pinyin_dict

KEYBOARD = Path(__file__).resolve().parent.parent / "assets" / "keyboard"
MAX_WORD = 5
MIN_WORD_COUNT = 12
NAME_SHOWN = 40
# The hundred most common surnames of the census, most common first; the rest follows jieba's counts of names.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜"
    "崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文"
    "丛鞠宫邢毕迟葛隋曲原初栾矫辛战衣柳逄谷单解仇查盖区朴乐尉冼缪宁车申温牟慕姬商娄"
)
SURNAME_READINGS = {
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "盖": "ge",
    "区": "ou",
    "朴": "piao",
    "乐": "yue",
    "尉": "wei",
    "冼": "xian",
    "缪": "miao",
    "曾": "zeng",
    "任": "ren",
    "宁": "ning",
    "车": "che",
}
# Characters of names that no word list counts, with the count of a character that is used now and then.
UNCOUNTED = {"〇": 2_000}
# Shapes a component takes inside a character, and the character people know it by.
SHAPES = dict(
    zip(
        "亻氵扌艹忄讠饣纟犭礻衤刂冫灬钅⺮罒攵𧾷𤣩⺼⻊⻖⻏辶⻌疒宀冖囗彳糹釒訁飠⺩⺌𥫗牜⺶龵𠂉覀⺡⺖⺘⺾",
        "人水手草心言食丝犬示衣刀冰火金竹网文足王肉足耳耳走走病家盖国行丝金言食王小竹牛羊手人西水心手草",
        strict=True,
    )
)
OPERATORS = {**dict.fromkeys("⿰⿱⿴⿵⿶⿷⿸⿹⿺⿻⿼⿽", 2), "⿲": 3, "⿳": 3, "⿾": 1, "⿿": 1}


def toneless(char: str) -> list[str]:
    """All readings of one character without tones, ``v`` for the u with dots, the usual one first."""
    found = pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=False, errors="ignore")
    clean = [reading for reading in (found[0] if found else []) if reading.isascii() and reading.isalpha()]
    return list(dict.fromkeys(clean))


def write(name: str, rows: dict[str, str]) -> None:
    """Write one table sorted by the bytes of its keys."""
    lines = sorted(f"{key}\t{value}\n".encode() for key, value in rows.items() if value)
    (KEYBOARD / name).write_bytes(b"".join(lines))
    print(name, len(lines), "lines,", sum(map(len, lines)) // 1024, "KiB")


def is_han(text: str) -> bool:
    return all(ord(char) in pinyin_dict for char in text)


def read_words(path: Path) -> tuple[Counter[str], Counter[str]]:
    """Words with counts, and counts of two- or three-character personal names."""
    words: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.rsplit(" ", 2)
        if is_han(word):
            words[word] += int(count)
            if tag == "nr" and len(word) in (2, 3):
                names[word] += int(count)
    return words, names


def place_names(path: Path) -> list[str]:
    """Names of the districts and streets, and without their last character."""
    with path.open(encoding="utf-8") as file:
        full = [row["name"] for row in csv.DictReader(file)]
    endings = ("街道", "镇", "区", "市", "县")
    short = [name.removesuffix(end) for name in full for end in endings if name.endswith(end)]
    return [name for name in [*full, *short] if 2 <= len(name) <= 6 and is_han(name)]


def common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def build_pinyin(words: Counter[str], names: Counter[str], places: list[str]) -> None:
    """pinyin.tsv: ``wei'hai`` -> words, ``wang`` -> characters; 1wang / 2wang: surname / given-name order."""
    for place in places:
        words[place] += 20_000  # people of this coast mean their own town
    use: Counter[tuple[str, str]] = Counter()
    phrases: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for word, count in words.items():
        readings = lazy_pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore")
        if len(readings) != len(word):
            continue
        for char, reading in zip(word, readings, strict=True):
            use[char, reading] += count
        if 2 <= len(word) <= MAX_WORD and (count >= MIN_WORD_COUNT):
            phrases["'".join(readings)][word] = count
    use.update({(char, reading): count for char, count in UNCOUNTED.items() for reading in toneless(char)})
    rows: dict[str, str] = {}
    singles: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for char in {
        chr(code)
        for code in pinyin_dict
        if common(chr(code)) or chr(code) in UNCOUNTED or (chr(code), "") in use or words[chr(code)]
    }:
        for reading in toneless(char):
            singles[reading][char] = use[char, reading] * (1.0 if common(char) or char in UNCOUNTED else 0.02)
    for reading, chars in singles.items():
        order = sorted(chars, key=lambda char: (-chars[char], char))
        rows[reading] = " ".join(f"{char}{digit(chars[char])}" for char in order)
    for key, found in phrases.items():
        order = sorted(found, key=lambda word: (-found[word], word))
        rows[key] = " ".join(f"{word}{digit(found[word])}" for word in order)
    rows.update(name_orders(names))
    # Interjections without a vowel are readings, but nobody cuts a word by them.
    rows["0"] = " ".join(sorted(reading for reading in singles if set(reading) & set("aeiouv")))
    for typed, stored in (("lyu", "lv"), ("nyu", "nv")):
        for prefix in ("", "1", "2"):
            rows[prefix + typed] = rows.get(prefix + stored, "")
    rows["0"] += " lyu nyu"
    write("pinyin.tsv", rows)


def digit(count: float) -> int:
    """One digit for a count, logarithmic, so that lines can be merged by weight."""
    return min(9, int(math.log2(count + 1) / 2))


def name_orders(names: Counter[str]) -> dict[str, str]:
    surname: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for name, count in names.items():
        if name[0] in SURNAMES:
            surname[name[0]] += count
            for char in name[1:]:
                given[char] += count
    for place, char in enumerate(SURNAMES):
        surname[char] += 10_000_000 - 10_000 * place
    rows: dict[str, str] = {}
    for mark, counts in (("1", surname), ("2", given)):
        by_reading: defaultdict[str, list[str]] = defaultdict(list)
        for char, _ in counts.most_common():
            readings = toneless(char)
            reading = SURNAME_READINGS.get(char, readings[0]) if mark == "1" else readings[0]
            by_reading[reading].append(char)
        for reading, chars in by_reading.items():
            rows[mark + reading] = " ".join(char + "9" for char in chars[:NAME_SHOWN])
    return rows


def parse(ids: str) -> tuple[str, list[object]] | str | None:
    """The tree of one description: (operator, children) or a character; None when it has nameless parts."""
    rest = list(ids)

    def node() -> object:
        head = rest.pop(0)
        if head in OPERATORS:
            return (head, [node() for _ in range(OPERATORS[head])])
        if ord(head) < 0x2E80:
            raise ValueError(head)
        return head

    try:
        tree = node()
    except (ValueError, IndexError):
        return None
    return None if rest else tree  # type: ignore[return-value]  # the tree is a plain nested tuple


def cuts(tree: object, known: dict[str, object], depth: int) -> list[tuple[str, ...]]:
    """Ways to name a character by 1 to 4 parts: whole characters or their own parts, in writing order."""
    if isinstance(tree, str):
        found: list[tuple[str, ...]] = [(tree,)]
        if depth and tree in known:
            found += cuts(known[tree], known, depth - 1)
        return found
    assert isinstance(tree, tuple)
    choices = [cuts(child, known, depth) for child in tree[1]]
    joined = [sum(choice, ()) for choice in itertools.islice(itertools.product(*choices), 64)]
    return [parts for parts in dict.fromkeys(joined) if len(parts) <= 4]


def read_ids(path: Path) -> dict[str, object]:
    known: dict[str, object] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        ids = fields[1].split(";")[0].split("(")[0] if len(fields) > 1 else ""
        tree = parse("".join(char for char in ids if not char.isascii()))
        if isinstance(tree, tuple):
            known[fields[0]] = tree
    return known


def build_rare(words: Counter[str], known: dict[str, object]) -> None:
    """rare.tsv: ``yan`` -> every character read so, the unusual ones first; parts.tsv: sorted parts -> characters.

    spelled.tsv: the parts' readings in a row (``longtian``) -> characters that the pinyin tab lacks.
    """
    by_reading: defaultdict[str, list[str]] = defaultdict(list)
    by_parts: defaultdict[str, set[str]] = defaultdict(set)
    by_spelling: defaultdict[str, set[str]] = defaultdict(set)
    for code in sorted(pinyin_dict):
        char = chr(code)
        if char not in UNCOUNTED and (not 0x3400 <= code <= 0x3FFFF or 0xF900 <= code <= 0xFAFF):
            continue
        for reading in toneless(char):
            by_reading[reading].append(char)
        if char not in known:
            continue
        for parts in cuts(known[char], known, 1):
            named = [SHAPES.get(part, part) for part in parts]
            if len(named) < 2 or not all(ord(part) in pinyin_dict for part in named):
                continue
            by_parts["".join(sorted(named))].add(char)
            if not common(char) and (len(named) <= 3 or len(set(named)) == 1):
                for spelling in itertools.product(*(toneless(part)[:2] for part in named)):
                    by_spelling["".join(spelling)].add(char)

    def rank(char: str) -> tuple[int, int, int]:
        return (-max(words[char], UNCOUNTED.get(char, 0)), 0 if ord(char) < 0xA000 else 1, ord(char))

    write(
        "rare.tsv",
        {k: "".join(sorted(v, key=lambda c: (common(c), *rank(c)))) for k, v in by_reading.items()},
    )
    write("parts.tsv", {k: "".join(sorted(v, key=rank)) for k, v in by_parts.items()})
    write("spelled.tsv", {k: "".join(sorted(v, key=rank)[:60]) for k, v in by_spelling.items()})
    write("shapes.tsv", dict(SHAPES))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("jieba", "ids", "regions"):
        arguments.add_argument(f"--{name}", type=Path, required=True)
    paths = arguments.parse_args()
    words, names = read_words(paths.jieba)
    build_rare(words, read_ids(paths.ids))
    build_pinyin(words, names, place_names(paths.regions))


if __name__ == "__main__":
    main()
