using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;

namespace PixelPipeline.Signing;

/// <summary>Tells signed hits from others. Safe for concurrent use.</summary>
/// <param name="Mode">What follows from a verdict.</param>
/// <param name="Keys">The keys that are valid; the first one signs.</param>
/// <param name="Attributes">The names of what is signed; a page or a mail tool may add others later.</param>
public sealed record SigningRule(SigningMode Mode, ImmutableArray<SigningKey> Keys, ImmutableArray<string> Attributes)
{
    private const int MacBytes = 32;

    /// <summary>Judges a hit.</summary>
    /// <param name="signature">Its parameter <see cref="HitSignature.Parameter"/>, decoded; null where there is none.</param>
    /// <param name="time">When the hit was, UTC; not when it is judged, so that a replay finds the same.</param>
    /// <param name="attributes">The attributes of <see cref="Attributes"/>, decoded.</param>
    public SignatureVerdict Judge(string? signature, DateTime time, IEnumerable<KeyValuePair<string, string?>> attributes)
    {
        if (string.IsNullOrEmpty(signature))
        {
            return SignatureVerdict.Missing;
        }

        Span<byte> mac = stackalloc byte[MacBytes];
        if (signature.Split('.') is not [var id, var expiry, var encoded]
            || Keys.FirstOrDefault(k => k.Id == id) is not { } key
            || !TryReadExpiry(expiry, out var expires)
            || Base64Url.DecodeFromChars(encoded, mac, out _, out var written) != OperationStatus.Done || written != MacBytes
            || !CryptographicOperations.FixedTimeEquals(mac, HitSignature.Mac(key, expiry, attributes)))
        {
            return SignatureVerdict.Invalid;
        }

        return time.Ticks / TimeSpan.TicksPerSecond > expires ? SignatureVerdict.Expired : SignatureVerdict.Valid;
    }

    /// <summary>The last second in which a signature is valid, since the year 1.</summary>
    private static bool TryReadExpiry(string text, out long second)
    {
        second = long.MaxValue;
        if (text.Length == 0)
        {
            return true;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) || unix > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return false;
        }

        second = unix + (DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerSecond);
        return true;
    }
}
