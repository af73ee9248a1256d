using System.Collections.Immutable;

namespace PixelPipeline.Events;

/// <summary>An upper bound of what a row takes in an insert request, cheap enough to ask for every row.</summary>
internal static class JsonSize
{
    /// <summary>insertId, braces, the two field names of a row in the request, and room to spare.</summary>
    private const int RowOverhead = 200;

    /// <summary>Quotes, colon and comma around a name and a value.</summary>
    private const int ValueOverhead = 8;

    /// <summary>The longest text of a number, a boolean, an instant or null, which may be spelled out.</summary>
    private const int ScalarLength = 32;

    /// <summary>A UTF-16 unit takes at most six bytes in JSON, as <c>\u0001</c>.</summary>
    private const int BytesPerCharacter = 6;

    public static int Of(ImmutableArray<Column> columns, object?[] values)
    {
        var size = RowOverhead;
        for (var i = 0; i < values.Length; i++)
        {
            size += columns[i].Name.Length + ValueOverhead + LengthOf(values[i]);
        }

        return size;
    }

    private static int LengthOf(object? value) => value switch
    {
        string text => TextLength(text),
        byte[] bytes => ((bytes.Length + 2) / 3 * 4) + ValueOverhead,
        _ => ScalarLength,
    };

    private static int TextLength(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? text.Length * BytesPerCharacter : text.Length * 2;
}
