using System.Buffers.Text;
using PixelPipeline.LocalBigQuery.Sql;

namespace PixelPipeline.LocalBigQuery.Changes;

/// <summary>A change of one row, as a statement's rows are kept: <c>[2,17,"ann","click"]</c>, a RowAction, the row's number or null, and its values.</summary>
internal readonly ref struct RowChange
{
    private RowChange(RowAction action, long number, ReadOnlySpan<byte> values)
    {
        Action = action;
        Number = number;
        Values = values;
    }

    public RowAction Action { get; }

    /// <summary>Of the row that is there; -1 of a new one.</summary>
    public long Number { get; }

    /// <summary>The row's stored form afterwards; meaningless of one that goes.</summary>
    public ReadOnlySpan<byte> Values { get; }

    /// <summary>Reads a line, in which the values get their bracket where the number ended.</summary>
    public static RowChange Of(Span<byte> line)
    {
        var action = (RowAction)(line[1] - '0');
        var rest = line[3..];
        var isThere = Utf8Parser.TryParse(rest, out long number, out var length);
        var values = rest[(isThere ? length : "null".Length)..];
        if (values[0] == (byte)',')
        {
            values[0] = (byte)'[';
        }

        return new RowChange(action, isThere ? number : -1, values);
    }
}
