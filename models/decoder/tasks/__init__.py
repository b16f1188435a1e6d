"""What the model is asked: each task draws sentences that end in an answer, for training or held out."""

from .task import Task

__all__ = ["Task"]
