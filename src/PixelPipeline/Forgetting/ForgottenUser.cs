using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.Forgetting;

/// <summary>One line of a forget list: it tells whether a user is on it, and not who.</summary>
/// <param name="Key">What the hash is keyed with: 32 random bytes that a list makes once.</param>
/// <param name="Hash">HMAC-SHA-256 over the user id in UTF-8.</param>
/// <param name="Time">When the user was forgotten, UTC.</param>
public sealed record ForgottenUser(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Hash, DateTime Time)
{
    private const int KeyBytes = 32;

    /// <summary>Makes the line of a user.</summary>
    /// <param name="user">The user id.</param>
    /// <param name="key">The list's key; null for a list that has none yet.</param>
    /// <param name="time">Now, UTC.</param>
    public static ForgottenUser Of(string user, ReadOnlyMemory<byte>? key, DateTime time)
    {
        var taken = key ?? RandomNumberGenerator.GetBytes(KeyBytes);
        return new ForgottenUser(taken, HashOf(user, taken.Span), time);
    }

    /// <summary>The hash of a user id under a key.</summary>
    public static byte[] HashOf(string user, ReadOnlySpan<byte> key) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(user));
}
