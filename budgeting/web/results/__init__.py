"""How a result is told, in the same words to everyone: reasons, steps, ties and sums."""
