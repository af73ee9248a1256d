using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Examples;

public static class PixelSignature
{
    /// <summary>The parameter sig of a hit with these attributes. Expires: Unix seconds, or nothing for a signature without an end.</summary>
    public static string Sign(string keyId, string secret, IReadOnlyDictionary<string, string?> attributes, string expires = "")
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        var signed = attributes.Where(a => !string.IsNullOrEmpty(a.Value)).OrderBy(a => a.Key, StringComparer.Ordinal);
        foreach (var text in new[] { "pixel-hit", keyId, expires }.Concat(signed.SelectMany(a => new[] { a.Key, a.Value! })))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            mac.AppendData(length);
            mac.AppendData(bytes);
        }

        return $"{keyId}.{expires}.{Base64Url.EncodeToString(mac.GetHashAndReset())}";
    }
}
