# why: A lexer by hand: no regular expression at all.

# %% exercise="tokenize"
def tokenize(text: str) -> list[str]:
    text = text.lower().replace("’", "'")
    tokens, place = [], 0

    def run_of(test, start):
        end = start
        while end < len(text) and test(text[end]):
            end += 1
        return end

    while place < len(text):
        if not text[place].isalnum():
            if "\U0001f300" <= text[place] <= "\U0001faff":
                tokens.append(text[place])
            place += 1
            continue
        end = run_of(str.isdecimal, place)
        whole = end
        while end > place and end + 1 < len(text) and text[end] in ".," and text[end + 1].isdecimal():
            end = run_of(str.isdecimal, end + 1)
        if end == whole:
            end = run_of(str.isalnum, place)
            while end + 1 < len(text) and text[end] == "'" and text[end + 1].isalnum():
                end = run_of(str.isalnum, end + 1)
        tokens.append(text[place:end])
        place = end
    return tokens
