"""Examples in the contract: what the service really answered, recorded beside the demo."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Examples:
    """Real values by the name of the shape they have, and by operation for parameters."""

    shapes: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Examples":
        """Read what was recorded."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def tell(self, operation: dict[str, Any]) -> None:
        """Show, in an operation, what it was asked and what it answered."""
        known = self.parameters.get(operation["operationId"], {})
        for parameter in operation.get("parameters", ()):
            if parameter["name"] in known:
                parameter["example"] = known[parameter["name"]]
        for told in (operation.get("requestBody", {}), *operation["responses"].values()):
            content = told.get("content", {}).get("application/json", {})
            name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
            if name in self.shapes:
                content["examples"] = {name: {"value": self.shapes[name]}}
