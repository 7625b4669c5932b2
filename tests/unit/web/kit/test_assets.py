"""Static files: the same sources give the same names, and nothing is served half."""

import gzip
import json
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask

from voorjebuurt import paths
from voorjebuurt.web.kit.assets import css
from voorjebuurt.web.kit.assets import files as assets


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with built files."""
    folder = tmp_path_factory.mktemp("dist")
    assets.build_assets(folder)
    return folder


def test_building_twice_gives_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    assets.build_assets(tmp_path)
    first = {path.name: path.read_bytes() for path in dist.iterdir()}
    second = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert first == second


def test_compressed_siblings_hold_the_same_style_sheet(dist: Path) -> None:
    sheet = next(dist.glob("vjb.*.css"))
    plain = sheet.read_bytes()
    assert gzip.decompress(sheet.with_name(sheet.name + ".gz").read_bytes()) == plain
    assert brotli.decompress(sheet.with_name(sheet.name + ".br").read_bytes()) == plain


def test_style_sheet_and_font_keep_to_their_budget(dist: Path) -> None:
    assert next(dist.glob("vjb.*.css.gz")).stat().st_size <= 20 * 1024
    assert sum(path.stat().st_size for path in dist.glob("*.woff2")) <= 50_000


def test_style_sheet_points_only_at_files_that_exist(dist: Path) -> None:
    sheet = next(dist.glob("vjb.*.css")).read_text()
    urls = {part.split('"')[0] for part in sheet.split('url("')[1:]}
    files = {name for name in urls if not name.startswith("data:")}
    assert files
    assert all((dist / name).is_file() for name in files)
    assert "//" not in sheet.replace("http://www.w3.org/2000/svg", "")


def test_templates_ask_only_for_assets_that_exist(dist: Path) -> None:
    names = assets.load_assets(production=True, dist=dist).names
    sources = [path.read_text() for path in paths.TEMPLATES.rglob("*.html")]
    asset_names = {
        name for text in sources for name in re.findall(r"""asset\(["']([^"']+)""", text)
    }
    assert "vjb.css" in asset_names
    assert asset_names - names.keys() == set()


def test_own_sheets_use_logical_properties() -> None:
    own = "".join(path.read_text() for path in paths.STATIC.glob("css/*.css"))
    for physical in ("margin-left", "padding-right", "border-left", "text-align: left", "float:"):
        assert physical not in own


def test_stale_files_are_built_again_in_development(tmp_path: Path) -> None:
    assets.build_assets(tmp_path)
    manifest = tmp_path / assets.MANIFEST
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"sources": "old"}))
    (tmp_path / "vjb.000000000000.css").write_text("old")
    assets.load_assets(production=False, dist=tmp_path)
    assert json.loads(manifest.read_text())["sources"] == assets.source_hash()
    assert (tmp_path / "vjb.000000000000.css").exists(), "another process may serve it"
    assets.build_assets(tmp_path)
    assert not (tmp_path / "vjb.000000000000.css").exists()


def test_production_refuses_to_start_without_built_files(tmp_path: Path) -> None:
    with pytest.raises(assets.AssetsError, match="voorjebuurt assets build"):
        assets.load_assets(production=True, dist=tmp_path)


def test_a_folder_that_cannot_be_written_gives_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(assets.AssetsError, match="can't be built"):
        assets.load_assets(production=False, dist=tmp_path / "taken")


def test_hashed_files_are_served_immutable_and_compressed(dist: Path) -> None:
    app = Flask("assets")
    static = assets.init_assets(app, production=True, headers={}, dist=dist)
    query = {"path": static.url("vjb.css"), "headers": {"Accept-Encoding": "br, gzip"}}
    with app.test_client().get(**query) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"].startswith("text/css")


def test_unknown_themes_have_a_drawing_too(dist: Path) -> None:
    static = assets.load_assets(production=True, dist=dist)
    assert "theme-sport" in static.illustration("sport")
    assert "theme-other" in static.illustration("nog-niet-bedacht")
    assert "theme-other" in static.illustration(None)


def test_selectors_that_never_match_are_left_out() -> None:
    sheet = """
    .utrecht-button, .utrecht-button--hover { color: red }
    .utrecht-button:not(.utrecht-button--busy):disabled { color: grey }
    .utrecht-alert--ok { color: green }
    .utrecht-textbox--invalid, .utrecht-textbox:invalid { color: brown }
    .utrecht-drawer { color: blue }
    """
    classes = frozenset({"utrecht-button", "utrecht-alert--", "utrecht-textbox"})
    assert css.minified(css.without_selectors(sheet, css.needless(classes))) == (
        ".utrecht-button{color:red}"
        ".utrecht-button:not(.utrecht-button--busy):disabled{color:grey}"
        ".utrecht-alert--ok{color:green}"
        ".utrecht-textbox--invalid{color:brown}"
    )
