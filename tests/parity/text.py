"""JSON that a person can read and a diff can show: a line for each key, numbers running on."""

import torch


class exact:
    """Numbers that float32 holds, to be written with the nine digits that say which."""

    def __init__(self, tensor):
        assert torch.equal(tensor.float().double(), tensor)
        self.tensor = tensor


def to_text(value):
    return block(value, "") + "\n"


def block(value, indent):
    """JSON with a line for each key and each item of a list of objects; numbers run on."""
    if isinstance(value, dict):
        deeper = indent + " "
        items = [f'{deeper}"{key}": {block(item, deeper)}' for key, item in value.items() if item is not None]
        text = "{\n" + ",\n".join(items) + f"\n{indent}}}"
        flat = "{" + ", ".join(item.strip() for item in items) + "}"
        return flat if "\n" not in flat and len(flat) < 100 else text
    if isinstance(value, list) and value and isinstance(value[0], dict):
        deeper = indent + " "
        return "[\n" + ",\n".join(deeper + block(item, deeper) for item in value) + f"\n{indent}]"
    return line(value)


def line(value):
    if isinstance(value, exact):
        return line_of_numbers(value.tensor.tolist(), ".9g")
    if isinstance(value, torch.Tensor):
        return line_of_numbers(value.tolist(), ".10g")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    return line_of_numbers(value, ".10g")


def line_of_numbers(value, form):
    """Ten digits: more than float32 can tell apart, fewer than those in which processors differ."""
    if isinstance(value, list):
        return "[" + ",".join(line_of_numbers(item, form) for item in value) + "]"
    return str(value) if isinstance(value, int) else format(value, form)
