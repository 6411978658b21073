"""The key of an installation, and signatures by it: the one door to the signing library."""

from lots.evidence.notes import Checkpoint, Key, Signature, note, signed_note


# Imported where it is used: most verbs neither sign nor verify.
def new() -> bytes:
    """A new private key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public(private: bytes, name: str) -> Key:
    """The key by which others verify."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Key(name, Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def signed(private: bytes, name: str, checkpoint: Checkpoint) -> str:
    """A checkpoint, signed, as a note."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signature = Ed25519PrivateKey.from_private_bytes(private).sign(checkpoint.text.encode())
    return note(checkpoint, [Signature(name, public(private, name).key_id, signature)])


def signed_text(private: bytes, name: str, text: str) -> str:
    """Any text that ends with a line, signed, as a note."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signature = Ed25519PrivateKey.from_private_bytes(private).sign(text.encode())
    return signed_note(text, [Signature(name, public(private, name).key_id, signature)])


def verifies(key: Key, checkpoint: Checkpoint, signature: Signature) -> bool:
    """Whether a signature is by a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    # A note may carry others' signatures beside ours; those are no fault of it.
    if (signature.name, signature.key_id) != (key.name, key.key_id):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(
            signature.signature, checkpoint.text.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True
