using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PixelPipeline.Logs;

/// <summary>
/// The insertId that a line of a format without one gets: made of its bytes and of how often they stood in the file
/// before. The same file gives the same ids, wherever and whenever it is read.
/// </summary>
internal static class LineInsertId
{
    private const int HashLength = 16; // 128 bits, that two lines share only if they are equal

    /// <summary>32 lower-case hexadecimal digits, UTF-8.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="occurrence">0 for the first.</param>
    public static byte[] Of(ReadOnlySpan<byte> line, int occurrence)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        if (occurrence > 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(hash[HashLength..], occurrence);
            SHA256.HashData(hash[..(HashLength + sizeof(int))], hash);
        }

        var digits = new byte[HashLength * 2];
        Convert.TryToHexStringLower(hash[..HashLength], digits, out _);
        return digits;
    }
}
