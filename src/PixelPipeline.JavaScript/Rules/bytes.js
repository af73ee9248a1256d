// Texts are strings of bytes, one character each, so that every bound and every cut is the one of the core, which reads bytes.
const toBytes = t => encodeURIComponent(t).replace(/%(..)/g, (_, h) => String.fromCharCode(parseInt(h, 16)));

// UTF-8 to text; what is none becomes U+FFFD, as few of them as the Unicode standard recommends.
const toText = b => b.replace(
  /([\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})|\xe0[\xa0-\xbf]?|[\xe1-\xec\xee\xef][\x80-\xbf]?|\xed[\x80-\x9f]?|\xf0(?:[\x90-\xbf][\x80-\xbf]?)?|[\xf1-\xf3][\x80-\xbf]{0,2}|\xf4(?:[\x80-\x8f][\x80-\xbf]?)?|[\x80-\xff]/g,
  (_, ok) => ok ? decodeURIComponent(ok.replace(/[^]/g, c => '%' + c.charCodeAt(0).toString(16))) : '\ufffd');

// The longest beginning within the bound that ends between two characters.
const cut = b => {
  if (b.length <= MAX) return b;
  let end = MAX;
  while ((b.charCodeAt(end) & 0xc0) === 0x80) end--;
  return b.slice(0, end);
};

function sha256(b) {
  const k = [], h = [], root = (n, e) => (n ** (1 / e) % 1 * 4294967296) | 0;
  for (let n = 2; k.length < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) prime = prime && n % d > 0;
    if (prime) h.length < 8 && h.push(root(n, 2)), k.push(root(n, 3));
  }
  const length = b.length, w = [];
  b += '\x80' + '\0'.repeat((119 - length % 64) % 64);
  const word = i => b.charCodeAt(i) << 24 | b.charCodeAt(i + 1) << 16 | b.charCodeAt(i + 2) << 8 | b.charCodeAt(i + 3);
  const turn = (x, n) => x >>> n | x << 32 - n;
  const words = b.length / 4 + 2;
  for (let at = 0; at < words; at += 16) {
    let [A, B, C, D, E, F, G, H] = h;
    for (let i = 0; i < 64; i++) {
      const a = at + i;
      if (i < 16) w[i] = a === words - 2 ? length / 536870912 | 0 : a === words - 1 ? length << 3 : word(4 * a);
      else {
        const x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ x >>> 3) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10) | 0;
      }
      const s = H + (turn(E, 6) ^ turn(E, 11) ^ turn(E, 25)) + (E & F ^ ~E & G) + k[i] + w[i] | 0;
      const t = (turn(A, 2) ^ turn(A, 13) ^ turn(A, 22)) + (A & B ^ A & C ^ B & C) | 0;
      [H, G, F, E, D, C, B, A] = [G, F, E, D + s | 0, C, B, A, s + t | 0];
    }
    [A, B, C, D, E, F, G, H].forEach((v, i) => { h[i] = h[i] + v | 0; });
  }
  return h.map(v => (v >>> 0).toString(16).padStart(8, '0')).join('');
}
