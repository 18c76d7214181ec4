from services.language.word_sequences import longest_common_subsequence, longest_run


def test_a_run_is_broken_by_a_word_that_only_one_text_has() -> None:
    one, other = ["the", "mill", "burned", "down", "on", "monday"], ["the", "old", "mill", "burned", "down"]
    assert longest_run(one, other) == 3
    assert longest_common_subsequence(one, other) == 4


def test_word_order_counts() -> None:
    assert longest_common_subsequence("ab", "ba") == 1
    assert longest_run("ab", "ba") == 1


def test_texts_without_a_common_word_share_nothing() -> None:
    assert longest_run(["a"], []) == longest_common_subsequence([], ["a"]) == 0
