namespace PixelPipeline.Tests;

/// <summary>Spoils bytes the way transport, bugs and hostile clients do.</summary>
internal static class Mutation
{
    private static readonly byte[][] Tokens =
    [
        "\\ud800"u8.ToArray(), "\\udc00"u8.ToArray(), "\\u0000"u8.ToArray(), "\\"u8.ToArray(), "\""u8.ToArray(), "{"u8.ToArray(), "]"u8.ToArray(),
        "null"u8.ToArray(), "%"u8.ToArray(), "%00"u8.ToArray(), "&amp;"u8.ToArray(), "="u8.ToArray(), [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF],
        "9999-12-31T23:59:59.999999999Z"u8.ToArray(), "0001-01-01T00:00:00+23:59"u8.ToArray(), "e999"u8.ToArray(), "-"u8.ToArray(), new byte[9_000],
    ];

    /// <summary>One to four changes of an entry, some with pieces of another.</summary>
    public static byte[] Of(byte[] entry, byte[] other, Random random)
    {
        var result = entry;
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            result = Change(result, other, random);
        }

        return result;
    }

    private static byte[] Change(byte[] entry, byte[] other, Random random)
    {
        var at = random.Next(entry.Length + 1);
        switch (random.Next(6))
        {
            case 0: // flip a bit
                byte[] flipped = [.. entry];
                if (at < flipped.Length)
                {
                    flipped[at] ^= (byte)(1 << random.Next(8));
                }

                return flipped;
            case 1: // cut the end off
                return entry[..at];
            case 2: // leave a piece out
                return [.. entry[..at], .. entry[Math.Min(entry.Length, at + random.Next(1, 40))..]];
            case 3: // splice two entries
                return [.. entry[..at], .. other[Math.Min(at, other.Length)..]];
            default: // put something in
                return [.. entry[..at], .. Tokens[random.Next(Tokens.Length)], .. entry[at..]];
        }
    }
}
