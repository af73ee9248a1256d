using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.Signing;

/// <summary>
/// A signature of some attributes of a hit, <c>key.expiry.mac</c>: the key's id, Unix seconds or nothing, and an
/// HMAC-SHA-256 in base64url. What is signed are texts, each behind its length in bytes (four bytes, big-endian): the
/// domain, the key's id, the expiry, and then name and value of each attribute that has one, in the order of their names.
/// </summary>
public static class HitSignature
{
    /// <summary>The parameter that holds it. No event has a column of this name.</summary>
    public const string Parameter = "sig";

    /// <summary>Keeps signatures of hits apart from whatever else the key may sign.</summary>
    private const string Domain = "pixel-hit";

    /// <summary>Makes a signature.</summary>
    /// <param name="key">The key.</param>
    /// <param name="expires">Until when it is valid, to the second; null for ever.</param>
    /// <param name="attributes">The attributes to sign; those without a value count as if they were not there.</param>
    public static string Make(SigningKey key, DateTimeOffset? expires, IEnumerable<KeyValuePair<string, string?>> attributes)
    {
        ArgumentNullException.ThrowIfNull(key);
        var expiry = expires?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "";
        return $"{key.Id}.{expiry}.{Base64Url.EncodeToString(Mac(key, expiry, attributes))}";
    }

    /// <summary>The keyed hash of attributes, 32 bytes.</summary>
    internal static byte[] Mac(SigningKey key, string expiry, IEnumerable<KeyValuePair<string, string?>> attributes)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Secret.AsSpan());
        Append(mac, Domain);
        Append(mac, key.Id);
        Append(mac, expiry);
        foreach (var (name, value) in attributes.Where(a => !string.IsNullOrEmpty(a.Value)).OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Append(mac, name);
            Append(mac, value!);
        }

        return mac.GetHashAndReset();
    }

    private static void Append(IncrementalHash mac, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        mac.AppendData(length);
        mac.AppendData(bytes);
    }
}
