using System.Buffers.Binary;
using System.Security.Cryptography;

namespace PixelPipeline.Logs;

/// <summary>
/// Makes event ids: 32 lower-case hexadecimal digits, the first 128 bits of a SHA-256. They depend on the entry alone,
/// so that every delivery and every replay of an entry gives the same id, and a visitor cannot choose one.
/// </summary>
internal static class EventId
{
    private const int InstantLength = sizeof(long) + sizeof(int);

    /// <summary>The id of an entry that Cloud Logging named: its insertId is unique with its timestamp.</summary>
    /// <param name="insertId">UTF-8, any length.</param>
    /// <param name="timestamp">The entry's instant; its spelling (offset, trailing zeros) does not matter.</param>
    public static string From(ReadOnlySpan<byte> insertId, EntryTimestamp timestamp)
    {
        Span<byte> stack = stackalloc byte[256];
        var length = InstantLength + insertId.Length;
        var input = length <= stack.Length ? stack[..length] : new byte[length];
        BinaryPrimitives.WriteInt64BigEndian(input, timestamp.UnixSeconds);
        BinaryPrimitives.WriteInt32BigEndian(input[sizeof(long)..], timestamp.Nanoseconds);
        insertId.CopyTo(input[InstantLength..]);
        return OfBytes(input);
    }

    /// <summary>
    /// The id of an entry without an insertId, or of one that cannot be read: made from all of its bytes. Of an event
    /// that came with an id of its client's, <c>jsonPayload.eventId</c>: made from that alone, so that sending it again
    /// changes nothing.
    /// </summary>
    public static string OfBytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
