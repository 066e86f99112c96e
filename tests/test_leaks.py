"""The last look at a finished site."""

from __future__ import annotations

from pathlib import Path

from generator.leaks import leaks


def test_a_hash_of_the_page_s_policy_is_no_account_whatever_letters_it_has(tmp_path: Path) -> None:
    """Such a hash has vx and figures once in some hundred scripts; nothing else of the attribute goes unread."""
    policy = "default-src 'none'; script-src 'self' 'sha256-exqRXrW/0laiImCrTE8a70vxyyY10FJVIppytLf/dbY='; {}"
    page = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    (tmp_path / "clean.html").write_text(page.format("style-src 'self'"), "utf-8")
    (tmp_path / "told.html").write_text(page.format("vx：linjie_88"), "utf-8")
    other = page.replace("default-src", "about")
    (tmp_path / "other.html").write_text(other.format(""), "utf-8")
    assert leaks(tmp_path) == [("other.html", "account"), ("told.html", "account")]
