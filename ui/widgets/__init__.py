"""The parts of the window: they draw plain values and emit signals, and know nothing of records or services."""
