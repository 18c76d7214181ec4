from services.language.pieces import has_piece


def test_a_text_has_a_piece_wherever_it_stands_in_it() -> None:
    assert has_piece("The dam held.", ("lake", "am h"))
    assert not has_piece("The dam held.", ("lake", "Am h"))
    assert not has_piece("The dam held.", ())
