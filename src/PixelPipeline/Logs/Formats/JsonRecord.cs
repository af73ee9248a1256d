using System.Text.Json;

namespace PixelPipeline.Logs.Formats;

/// <summary>
/// The values of one JSON object that a format asks for, by their paths, such as <c>request/headers/User-Agent</c>. Of an
/// array its first element counts, of a repeated name the last value. Not safe for concurrent use.
/// </summary>
internal sealed class JsonRecord
{
    private const int MaxDepth = 64;

    private readonly byte[] _path = new byte[1_024];
    private byte[] _text = new byte[4_096];
    private (int Start, int Length)[] _values = [];
    private int _textLength;

    /// <summary>The value of a path: a string without quotes and escapes, anything else as its JSON text; empty where there is none, or null.</summary>
    /// <param name="index">Of the path, in the order given.</param>
    public ReadOnlySpan<byte> this[int index] => Has(index) ? _text.AsSpan(_values[index].Start, _values[index].Length) : default;

    /// <summary>True where the object has the path, whatever its value.</summary>
    public bool Has(int index) => _values[index].Length >= 0;

    /// <summary>Reads an object.</summary>
    /// <param name="json">Any bytes.</param>
    /// <param name="paths">What is asked for.</param>
    /// <returns>False where the bytes are not one JSON object.</returns>
    public bool TryRead(ReadOnlySpan<byte> json, byte[][] paths)
    {
        if (_values.Length < paths.Length)
        {
            _values = new (int, int)[paths.Length];
        }

        _values.AsSpan().Fill((0, -1));
        _textLength = 0;
        if (json.IsEmpty || json[0] != '{') // what is plainly no object costs no exception
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            ReadObject(ref reader, json, paths, 0);
            reader.Read(); // anything after the object makes this throw
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, byte[][] paths, int pathLength)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.ReadString(ref reader);
            reader.Read();
            var start = pathLength == 0 ? 0 : pathLength + 1;
            if (start + name.Length > _path.Length)
            {
                reader.Skip();
                continue;
            }

            _path[Math.Max(0, start - 1)] = (byte)'/';
            name.CopyTo(_path.AsSpan(start));
            ReadValue(ref reader, json, paths, start + name.Length);
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, byte[][] paths, int pathLength)
    {
        var path = _path.AsSpan(0, pathLength);
        var index = IndexOf(paths, path, out var leadsOn);
        if (index < 0 && !leadsOn)
        {
            reader.Skip();
        }
        else if (index < 0 && reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, json, paths, pathLength);
        }
        else if (index >= 0 && reader.TokenType == JsonTokenType.StartArray)
        {
            ReadFirst(ref reader, json, index);
        }
        else if (index >= 0)
        {
            Keep(index, JsonText.ReadValue(ref reader, json));
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadFirst(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int index)
    {
        reader.Read();
        for (var isFirst = true; reader.TokenType != JsonTokenType.EndArray; isFirst = false)
        {
            var value = JsonText.ReadValue(ref reader, json);
            if (isFirst)
            {
                Keep(index, value);
            }

            reader.Read();
        }
    }

    private void Keep(int index, ReadOnlySpan<byte> value)
    {
        if (_text.Length - _textLength < value.Length)
        {
            Array.Resize(ref _text, (_textLength + value.Length) * 2);
        }

        value.CopyTo(_text.AsSpan(_textLength));
        _values[index] = (_textLength, value.Length);
        _textLength += value.Length;
    }

    private static int IndexOf(byte[][] paths, ReadOnlySpan<byte> path, out bool leadsOn)
    {
        leadsOn = false;
        for (var i = 0; i < paths.Length; i++)
        {
            if (path.SequenceEqual(paths[i]))
            {
                return i;
            }

            leadsOn |= paths[i].Length > path.Length && paths[i][path.Length] == '/' && paths[i].AsSpan().StartsWith(path);
        }

        return -1;
    }
}
