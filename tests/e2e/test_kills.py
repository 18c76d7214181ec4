"""Whatever process is killed in mid-stream: the view ends as if nothing had happened."""

from pathlib import Path

from tests.support.pipeline import running_pipeline, sample_rows


def test_killing_each_service_and_redis_once_in_mid_stream_ends_in_the_same_view(tmp_path: Path) -> None:
    rows = sample_rows()
    with running_pipeline(tmp_path / "calm") as calm:
        calm.submit(rows)
        calm.settle()
        expected = calm.view()
    with running_pipeline(tmp_path / "killed") as killed:
        victims = ["ingest", "extract", "dedupe", "api", "redis"]
        for number, row in enumerate(rows):
            killed.submit([row])
            if number % 4 == 3 and victims:
                killed.kill(victims.pop(0))
        assert not victims
        killed.settle()
        assert killed.view() == expected
