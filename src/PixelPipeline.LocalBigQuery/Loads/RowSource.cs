using System.Text.Json;
using PixelPipeline.LocalBigQuery.Rows;
using PixelPipeline.LocalBigQuery.Schemas;

namespace PixelPipeline.LocalBigQuery.Loads;

/// <summary>The rows of a file of JSON lines, checked and encoded in chunks. Empty lines are no rows.</summary>
internal sealed class RowSource(Stream content, TableSchema schema, bool ignoreUnknownValues, LoadErrors errors)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static readonly RowMisfit NoObject = new("", "A row has to be one JSON object on a line of its own.");

    /// <summary>All rows that fit, in their order.</summary>
    /// <exception cref="Api.ApiException">Too many do not fit, or one is too long.</exception>
    /// <exception cref="InvalidDataException">The file is no gzip although it begins like one.</exception>
    public IEnumerable<RowChunk> Chunks()
    {
        using var encoder = new RowEncoder(schema, ignoreUnknownValues);
        var lines = new LineReader(content);
        var chunk = new RowChunk();
        while (lines.TryRead(out var line))
        {
            Add(chunk, encoder, lines, line);
            if (chunk.IsFull)
            {
                yield return chunk;
                chunk = new RowChunk();
            }
        }

        yield return chunk;
    }

    private void Add(RowChunk chunk, RowEncoder encoder, LineReader lines, ReadOnlyMemory<byte> line)
    {
        if (lines.Position == 0 && line.Span.StartsWith(ByteOrderMark))
        {
            line = line[ByteOrderMark.Length..];
        }

        if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return;
        }

        var misfit = Encode(encoder, line, out var logicalBytes);
        errors.Add(lines.Number, lines.Position, misfit);
        if (misfit is null)
        {
            chunk.Add(encoder.Stored, logicalBytes);
        }
        else if (errors.IsTooMany)
        {
            throw errors.TooMany();
        }
    }

    private static RowMisfit? Encode(RowEncoder encoder, ReadOnlyMemory<byte> line, out int logicalBytes)
    {
        logicalBytes = 0;
        try
        {
            using var row = JsonDocument.Parse(line);
            return row.RootElement.ValueKind == JsonValueKind.Object ? encoder.Encode(row.RootElement, out logicalBytes) : NoObject;
        }
        catch (JsonException)
        {
            return NoObject;
        }
    }
}
