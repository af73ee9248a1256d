using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.Privacy.Places;

/// <summary>Makes records of raw entries.</summary>
internal static class RawRecord
{
    /// <summary>An entry or line as it stands; bytes that are no UTF-8 become U+FFFD.</summary>
    public static HeldRecord Of(string source, ReadOnlySpan<byte> line) => new(
        HeldRecord.Raw,
        Convert.ToHexString(SHA256.HashData(line)),
        [KeyValuePair.Create("source", (object?)source), KeyValuePair.Create("entry", (object?)Encoding.UTF8.GetString(line))]);
}
