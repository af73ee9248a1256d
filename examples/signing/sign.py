import base64
import hashlib
import hmac


def sign(key_id, secret, attributes, expires=""):
    """The parameter sig of a hit with these attributes. Expires: Unix seconds, or nothing for a signature without an end."""
    texts = ["pixel-hit", key_id, str(expires)]
    for name in sorted(attributes):
        if attributes[name] not in (None, ""):
            texts += [name, str(attributes[name])]
    encoded = [text.encode() for text in texts]
    data = b"".join(len(text).to_bytes(4, "big") + text for text in encoded)
    mac = hmac.new(secret.encode(), data, hashlib.sha256).digest()
    return f"{key_id}.{expires}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
