using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Native;
using PixelPipeline.LocalBigQuery.Sql.Columns;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Engine;

/// <summary>Appends rows in their stored form (a JSON array in schema order) to one of the engine's tables, whole columns at a time.</summary>
internal sealed class ColumnAppender : IDisposable
{
    private const int RowsOfAChunk = 2048;

    private readonly DuckDBAppender _appender;
    private readonly DuckDBDataChunk _chunk;
    private readonly DataType[] _types;
    private Vector[] _vectors = [];
    private int _rows;

    public ColumnAppender(EngineSession session, string table, DataType[] types)
    {
        _types = types;
        if (NativeMethods.Appender.DuckDBAppenderCreate(session.Connection, null!, table, out _appender) != DuckDBState.Success)
        {
            throw new InvalidOperationException($"The engine has no table {table}.");
        }

        var logical = ((DataType[])[SqlType.Int64, SqlType.Int64, .. types]).Select(EngineTypes.Logical).ToList();
        _chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk([.. logical.Select(t => t.DangerousGetHandle())], (ulong)logical.Count);
        logical.ForEach(t => t.Dispose());
        Reset();
    }

    /// <summary>Adds a row.</summary>
    public void Add(long table, long number, ReadOnlySpan<byte> values)
    {
        _vectors[0].Put(_rows, table);
        _vectors[1].Put(_rows, number);
        var reader = new Utf8JsonReader(values);
        reader.Read();
        for (var i = 0; i < _types.Length; i++)
        {
            // Columns that the schema got after the row was written are missing at its end.
            if (reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Read();
            }

            Put(_vectors[i + 2], ref reader, _types[i].Kind);
        }

        if (++_rows == RowsOfAChunk)
        {
            Flush();
        }
    }

    /// <summary>Hands the last rows over.</summary>
    public void Close()
    {
        Flush();
        if (NativeMethods.Appender.DuckDBAppenderClose(_appender) != DuckDBState.Success)
        {
            throw Failed();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunk.Dispose();
        _appender.Dispose();
    }

    private void Flush()
    {
        if (_rows == 0)
        {
            return;
        }

        NativeMethods.DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)_rows);
        if (NativeMethods.Appender.DuckDBAppendDataChunk(_appender, _chunk) != DuckDBState.Success)
        {
            throw Failed();
        }

        Reset();
    }

    private void Reset()
    {
        NativeMethods.DataChunks.DuckDBDataChunkReset(_chunk);
        _vectors = [.. Enumerable.Range(0, _types.Length + 2).Select(i => new Vector(NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, i)))];
        _rows = 0;
    }

    private static GoogleSqlException Failed() => new("Resources exceeded during query execution: the rows do not fit into the engine", failure: QueryFailure.ResourcesExceeded);

    private void Put(Vector column, ref Utf8JsonReader reader, SqlType type)
    {
        if (reader.TokenType is JsonTokenType.Null or JsonTokenType.EndArray)
        {
            column.PutNull(_rows);
            return;
        }

        switch (type)
        {
            case SqlType.Int64:
                column.Put(_rows, reader.GetInt64());
                break;
            case SqlType.Timestamp:
                column.Put(_rows, new Timestamp(reader.GetInt64()));
                break;
            case SqlType.Bool:
                column.Put(_rows, reader.GetBoolean());
                break;
            case SqlType.Bytes:
                column.PutBytes(_rows, reader.GetBytesFromBase64());
                break;
            case SqlType.Date:
                column.Put(_rows, DateOnly.ParseExact(reader.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case SqlType.Numeric:
                column.Put(_rows, NumericValue.Parse(reader.GetString()!));
                break;
            case SqlType.Float64:
                column.Put(_rows, reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : double.Parse(reader.GetString()!, CultureInfo.InvariantCulture));
                break;
            case SqlType.Datetime:
                column.Put(_rows, TimeText.Datetime(reader.GetString()!)!.Value);
                break;
            case SqlType.Time:
                column.Put(_rows, TimeText.Time(reader.GetString()!)!.Value);
                break;
            default:
                PutText(column, ref reader);
                break;
        }
    }

    private void PutText(Vector column, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            column.PutBytes(_rows, reader.ValueSpan);
        }
        else if (reader.TokenType == JsonTokenType.String)
        {
            column.Put(_rows, reader.GetString()!);
        }
        else
        {
            column.PutBytes(_rows, reader.ValueSpan);
        }
    }
}
