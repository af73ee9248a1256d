using System.Buffers;
using System.Text;
using PixelPipeline.Logs;

namespace PixelPipeline.Events;

/// <summary>
/// Decodes <c>application/x-www-form-urlencoded</c> text: <c>+</c> is a space, a percent sign that two hexadecimal
/// digits do not follow stays as it is, and bytes that are no UTF-8 become U+FFFD. Any bytes can be decoded.
/// </summary>
/// <seealso href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded"/>
internal static class FormEncoding
{
    private static readonly SearchValues<byte> Encoded = SearchValues.Create("%+"u8);

    /// <summary>Cuts the next <c>name=value</c> pair off a query; a pair without <c>=</c> has an empty value.</summary>
    /// <returns>False at the query's end.</returns>
    public static bool TryReadPair(ref ReadOnlySpan<byte> query, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        if (query.IsEmpty)
        {
            return false;
        }

        var end = query.IndexOf((byte)'&');
        var pair = end < 0 ? query : query[..end];
        query = end < 0 ? [] : query[(end + 1)..];
        var equals = pair.IndexOf((byte)'=');
        name = equals < 0 ? pair : pair[..equals];
        value = equals < 0 ? [] : pair[(equals + 1)..];
        return true;
    }

    /// <summary>The decoded text.</summary>
    public static string Decode(ReadOnlySpan<byte> encoded)
    {
        if (!encoded.ContainsAny(Encoded))
        {
            return Encoding.UTF8.GetString(encoded);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(encoded.Length);
        var text = Encoding.UTF8.GetString(buffer, 0, Decode(encoded, buffer));
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }

    /// <summary>Decodes into <paramref name="destination"/>, which is as long as <paramref name="encoded"/> or longer.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Decode(ReadOnlySpan<byte> encoded, Span<byte> destination)
    {
        var written = 0;
        while (encoded.IndexOfAny(Encoded) is var next and >= 0)
        {
            encoded[..next].CopyTo(destination[written..]);
            written += next;
            var (decoded, length) = DecodeAt(encoded[next..]);
            destination[written++] = decoded;
            encoded = encoded[(next + length)..];
        }

        encoded.CopyTo(destination[written..]);
        return written + encoded.Length;
    }

    private static (byte Decoded, int Length) DecodeAt(ReadOnlySpan<byte> encoded)
    {
        if (encoded[0] == '+')
        {
            return ((byte)' ', 1);
        }

        return HexPair.TryRead(encoded, 1, out var value) ? (value, 3) : ((byte)'%', 1);
    }
}
