from copytaster.reading.leaning import leanings, phrases
from copytaster.reading.lines import pieces
from copytaster.reading.spoken import spoken


def test_words_and_pairs_lean() -> None:
    said = phrases(spoken(pieces("Our newsletter\n\nThe mayor said so\n\nNobody knows")))
    assert said[0] == {"our", "newsletter", "our newsletter"}
    lean = leanings(said, {"our newsletter": -2.0, "newsletter": -1.0, "said": 1.0})
    assert lean["leaning"][0] < lean["leaning"][2] == 0 < lean["leaning"][1]
    assert lean["leaning next"].tolist() == [*lean["leaning"][1:].tolist(), 0]
