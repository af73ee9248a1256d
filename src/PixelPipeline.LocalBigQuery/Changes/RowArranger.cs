using System.Buffers;
using System.Text.Json;

namespace PixelPipeline.LocalBigQuery.Changes;

/// <summary>Brings a row's values into another order, NULL where there is none.</summary>
/// <param name="places">For each value wanted, where it is in the row; -1 for nowhere.</param>
internal sealed class RowArranger(IReadOnlyList<int> places)
{
    private readonly ArrayBufferWriter<byte> _arranged = new();
    private readonly List<Range> _values = [];

    /// <summary>The row, a JSON array in UTF-8, until the next call.</summary>
    public ReadOnlyMemory<byte> Arrange(ReadOnlyMemory<byte> row)
    {
        Find(row.Span);
        _arranged.ResetWrittenCount();
        foreach (var (place, index) in places.Select((place, index) => (place, index)))
        {
            _arranged.Write(index == 0 ? "["u8 : ","u8);
            _arranged.Write(place < 0 ? "null"u8 : row.Span[_values[place]]);
        }

        _arranged.Write("]"u8);
        return _arranged.WrittenMemory;
    }

    private void Find(ReadOnlySpan<byte> row)
    {
        _values.Clear();
        var reader = new Utf8JsonReader(row);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            _values.Add(start..(int)reader.BytesConsumed);
        }
    }
}
