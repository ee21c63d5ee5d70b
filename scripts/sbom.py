"""Write the SBOM (CycloneDX): the packages of requirements.lock, with their hashes.

make sbom
"""

import sys
import tomllib
import uuid
from collections.abc import Sequence
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from scripts.locks import pins

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
TARGET = ROOT / "dist" / "numberdesk.cdx.json"


def bill(lock: Path, name: str, version: str) -> Bom:
    """Return the bill of materials; the same lock gives the same serial number."""
    product = Component(
        name=name, version=version, type=ComponentType.APPLICATION, bom_ref=f"{name}@{version}"
    )
    made = Bom(
        components=[
            Component(
                name=pin.name,
                version=pin.version,
                type=ComponentType.LIBRARY,
                bom_ref=f"pkg:pypi/{pin.name}@{pin.version}",
                purl=PackageURL("pypi", name=pin.name, version=pin.version),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in pin.hashes],
            )
            for pin in pins(lock)
        ],
        serial_number=uuid.uuid5(uuid.NAMESPACE_OID, lock.read_text("utf-8")),
    )
    made.metadata.component = product
    made.register_dependency(product, made.components)
    return made


def main(words: Sequence[str]) -> None:
    """Write the SBOM to the file in `words`, or to dist/."""
    target = Path(words[0]) if words else TARGET
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    made = bill(LOCK, project["name"], project["version"])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(JsonV1Dot6(made).output_as_string(indent=2) + "\n", "utf-8")
    print(f"{len(made.components)} packages: {target}")  # noqa: T201 # this is its product


if __name__ == "__main__":
    main(sys.argv[1:])
