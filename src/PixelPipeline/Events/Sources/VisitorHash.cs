using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.Events.Sources;

/// <summary>
/// Names a client for one day without keeping its address. Each day has a key of its own, derived from one secret: names
/// of two days have nothing in common, a replay gives the same ones, and a new secret ends all of that. Without the secret
/// nobody can tell from a name whose it is, not even by trying all addresses.
/// </summary>
/// <param name="secret">Kept from everybody who may read the rows.</param>
internal sealed class VisitorHash(string secret)
{
    private const int NameBytes = 8; // a million clients a day share a name once in 37 million days
    private const int MaxStackBytes = 512;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    private DayKey? _last; // nearly every event is of the day of the one before it

    private sealed record DayKey(int Day, byte[] Key);

    /// <summary>The name: 16 hexadecimal digits.</summary>
    /// <param name="day">Days since 1970-01-01, UTC.</param>
    /// <param name="address">The client's address, without a port.</param>
    /// <param name="userAgent">Its user agent; may be empty.</param>
    public string Of(int day, ReadOnlySpan<byte> address, ReadOnlySpan<byte> userAgent)
    {
        // The key before the rest makes SHA-256 a keyed hash: of one whose end is cut off nothing longer can be made.
        var key = KeyOf(day);
        var length = key.Length + sizeof(int) + address.Length + userAgent.Length;
        Span<byte> stack = stackalloc byte[MaxStackBytes];
        var input = length <= MaxStackBytes ? stack[..length] : new byte[length];
        key.CopyTo(input);
        BinaryPrimitives.WriteInt32BigEndian(input[key.Length..], address.Length);
        address.CopyTo(input[(key.Length + sizeof(int))..]);
        userAgent.CopyTo(input[(key.Length + sizeof(int) + address.Length)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return Convert.ToHexStringLower(hash[..NameBytes]);
    }

    private byte[] KeyOf(int day)
    {
        if (_last is { } last && last.Day == day)
        {
            return last.Key;
        }

        Span<byte> input = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(input, day);
        var key = HMACSHA256.HashData(_secret, input);
        _last = new DayKey(day, key);
        return key;
    }
}
