import { createHmac } from 'node:crypto';

// The parameter sig of a hit with these attributes. Expires: Unix seconds, or nothing for a signature without an end.
export function sign(keyId, secret, attributes, expires = '') {
  const mac = createHmac('sha256', secret);
  const add = (text) => {
    const bytes = Buffer.from(String(text), 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    mac.update(length).update(bytes);
  };
  ['pixel-hit', keyId, expires].forEach(add);
  for (const name of Object.keys(attributes).sort()) {
    if (attributes[name] !== null && attributes[name] !== '') [name, attributes[name]].forEach(add);
  }
  return `${keyId}.${expires}.${mac.digest('base64url')}`;
}
