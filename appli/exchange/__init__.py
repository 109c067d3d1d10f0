"""The files by which directories meet: lines, archive, signatures, passphrase. Files and cryptography, no SQL."""
