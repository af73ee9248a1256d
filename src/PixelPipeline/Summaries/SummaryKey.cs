using System.Buffers.Binary;
using System.Text;
using PixelPipeline.Events;

namespace PixelPipeline.Summaries;

/// <summary>
/// What hits are counted by: the path alone, or, with chosen parameters, each part behind its length. Not safe for
/// concurrent use.
/// </summary>
internal sealed class SummaryKey
{
    private readonly byte[][] _names;
    private readonly byte[][] _values;
    private readonly int[] _lengths;
    private byte[] _key = new byte[4_096];
    private byte[] _name = new byte[256];

    /// <summary>A key of these parameters, in this order.</summary>
    /// <param name="names">The chosen parameters.</param>
    public SummaryKey(IReadOnlyList<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _values = [.. names.Select(_ => new byte[256])];
        _lengths = new int[names.Count];
    }

    private static ReadOnlySpan<byte> EscapedAmpersand => "amp;"u8;

    /// <summary>The key of a request; holds until the next.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query)
    {
        if (_names.Length == 0)
        {
            return path;
        }

        ReadValues(query);
        var length = Append(0, path);
        for (var i = 0; i < _names.Length; i++)
        {
            length = Append(length, _values[i].AsSpan(0, Math.Max(0, _lengths[i])));
        }

        return _key.AsSpan(0, length);
    }

    /// <summary>Takes a key apart again.</summary>
    /// <param name="key">As <see cref="Of"/> made it.</param>
    /// <param name="names">How many parameters were chosen.</param>
    public static string[] ToTexts(ReadOnlySpan<byte> key, int names)
    {
        if (names == 0)
        {
            return [Encoding.UTF8.GetString(key)];
        }

        var texts = new string[1 + names];
        for (var i = 0; i < texts.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(key);
            texts[i] = Encoding.UTF8.GetString(key.Slice(sizeof(int), length));
            key = key[(sizeof(int) + length)..];
        }

        return texts;
    }

    // As the pipeline reads attributes: the first of a repeated name wins, and amp; before a name does not count.
    private void ReadValues(ReadOnlySpan<byte> query)
    {
        _lengths.AsSpan().Fill(-1);
        while (FormEncoding.TryReadPair(ref query, out var name, out var value))
        {
            Reserve(ref _name, name.Length);
            ReadOnlySpan<byte> decoded = _name.AsSpan(0, FormEncoding.Decode(name, _name));
            decoded = decoded.StartsWith(EscapedAmpersand) ? decoded[EscapedAmpersand.Length..] : decoded;
            for (var i = 0; i < _names.Length; i++)
            {
                if (_lengths[i] < 0 && decoded.SequenceEqual(_names[i]))
                {
                    Reserve(ref _values[i], value.Length);
                    _lengths[i] = FormEncoding.Decode(value, _values[i]);
                }
            }
        }
    }

    private int Append(int at, ReadOnlySpan<byte> part)
    {
        var end = at + sizeof(int) + part.Length;
        if (_key.Length < end)
        {
            Array.Resize(ref _key, end * 2);
        }

        BinaryPrimitives.WriteInt32LittleEndian(_key.AsSpan(at), part.Length);
        part.CopyTo(_key.AsSpan(at + sizeof(int)));
        return end;
    }

    private static void Reserve(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[length * 2];
        }
    }
}
