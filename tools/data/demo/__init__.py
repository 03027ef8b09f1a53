"""The demonstration company: a made-up vendor with customers, deals, plans and flaws."""

from tools.data.demo.loader import DemoSummary, load_demo

__all__ = ["DemoSummary", "load_demo"]
