"""Facts and rules: record kinds, field types, audiences, consent, causality. No file, no SQL, no screen."""
