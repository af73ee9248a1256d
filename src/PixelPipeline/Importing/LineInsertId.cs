using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PixelPipeline.Importing;

/// <summary>
/// The insertId that a line of a format without one gets: made of its bytes and of how often they stood in the file
/// before. The same file gives the same ids, wherever and whenever it is read.
/// </summary>
internal static class LineInsertId
{
    /// <summary>32 lower-case hexadecimal digits.</summary>
    public const int Length = 32;

    /// <summary>128 bits that two lines share only if they are equal.</summary>
    public static UInt128 HashOf(ReadOnlySpan<byte> line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>Writes the id.</summary>
    /// <param name="hash">Of the line.</param>
    /// <param name="occurrence">0 for the first.</param>
    /// <param name="destination">Takes <see cref="Length"/> bytes.</param>
    public static void Write(UInt128 hash, int occurrence, Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[20];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        if (occurrence > 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes[16..], occurrence);
            BinaryPrimitives.WriteUInt128BigEndian(bytes, HashOf(bytes));
        }

        Convert.TryToHexStringLower(bytes[..16], destination, out _);
    }
}
