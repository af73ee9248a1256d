using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Native;
using PixelPipeline.LocalBigQuery.Sql.Columns;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Engine;

/// <summary>One connection to DuckDB: for one query at a time.</summary>
internal sealed class EngineSession(DuckDBNativeConnection connection) : IDisposable
{
    private static readonly string[] OfTheData = ["Invalid Input", "Out of Range", "Conversion", "Constraint", "Mismatch Type", "Divide by Zero"];

    public DuckDBNativeConnection Connection => connection;

    /// <summary>Whether DuckDB has found a fault in itself, after which it answers nothing any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Runs a statement without rows.</summary>
    public void Execute(string sql)
    {
        var state = NativeMethods.Query.DuckDBQuery(connection, sql, out var result);
        try
        {
            if (state != DuckDBState.Success)
            {
                throw Failure(NativeMethods.Query.DuckDBResultError(ref result));
            }
        }
        finally
        {
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        }
    }

    /// <summary>Checks that DuckDB takes the statement.</summary>
    public DuckDBPreparedStatement Prepare(string sql)
    {
        if (NativeMethods.PreparedStatements.DuckDBPrepare(connection, sql, out var statement) == DuckDBState.Success)
        {
            return statement;
        }

        using (statement)
        {
            throw Failure(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
        }
    }

    /// <summary>The rows of a statement, one at a time.</summary>
    /// <exception cref="GoogleSqlException">The data make the query fail, or it needs too much.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public IEnumerable<object?[]> Rows(DuckDBPreparedStatement statement, IReadOnlyList<DataType> types)
    {
        var state = ExecuteStreaming(statement, out var result);
        try
        {
            if (state != DuckDBState.Success)
            {
                throw Failure(NativeMethods.Query.DuckDBResultError(ref result));
            }

            while (Fetch(result) is { } chunk)
            {
                using (chunk)
                {
                    var rows = new DataChunk(chunk.DangerousGetHandle());
                    for (var row = 0L; row < rows.Rows; row++)
                    {
                        yield return Row(rows, row, types);
                    }
                }
            }

            if (NativeMethods.Query.DuckDBResultError(ref result) is { Length: > 0 } error)
            {
                throw Failure(error);
            }
        }
        finally
        {
            NativeMethods.Query.DuckDBDestroyResult(ref result);
        }
    }

    /// <summary>Makes the statement under way end soon.</summary>
    public void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(connection);

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    // Rows are fetched as they are made: the memory for them is bounded, however many there are.
    [SuppressMessage("Usage", "CS0618", Justification = "There is no other way to stream by the C interface.")]
    private static DuckDBState ExecuteStreaming(DuckDBPreparedStatement statement, out DuckDBResult result) =>
        NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out result);

    private static DuckDBDataChunk? Fetch(DuckDBResult result)
    {
        var chunk = NativeMethods.Query.DuckDBFetchChunk(result);
        if (!chunk.IsInvalid)
        {
            return chunk;
        }

        chunk.Dispose();
        return null;
    }

    private static object?[] Row(DataChunk rows, long row, IReadOnlyList<DataType> types)
    {
        var values = new object?[types.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = rows[i].Value(row, types[i]);
        }

        return values;
    }

    // "Out of Range Error: …": the kind of error, then its text.
    private Exception Failure(string error)
    {
        var end = error.IndexOf(" Error: ", StringComparison.Ordinal);
        var (kind, message) = end < 0 ? ("", error) : (error[..end], error[(end + " Error: ".Length)..]);
        if (kind.StartsWith("INTERRUPT", StringComparison.OrdinalIgnoreCase))
        {
            return new OperationCanceledException("The query was cancelled.");
        }

        if (kind is "INTERNAL" or "FATAL")
        {
            IsBroken = true;
            return new InvalidOperationException(error);
        }

        return Array.IndexOf(OfTheData, kind) >= 0 ? OfData(message)
            : kind is "Out of Memory" or "IO" ? new GoogleSqlException($"Resources exceeded during query execution: {FirstLine(message)}", failure: QueryFailure.ResourcesExceeded)
            : new GoogleSqlException($"Not supported: this query, by the engine: {FirstLine(message)}");
    }

    private static Exception OfData(string message) =>
        message.StartsWith("More than one row returned by a subquery", StringComparison.Ordinal) ? new GoogleSqlException("Scalar subquery produced more than one element")
        : message.Contains("out of range for the destination type INT64", StringComparison.Ordinal) ? new GoogleSqlException("int64 overflow")
        : message.StartsWith('\u0001') ? FunctionRegistry.Failure(message)
        : message.StartsWith("missing ", StringComparison.Ordinal) || message.StartsWith("invalid ", StringComparison.Ordinal) || message.StartsWith("no argument", StringComparison.Ordinal)
            ? new GoogleSqlException($"Cannot parse regular expression: {FirstLine(message)}")
        : new GoogleSqlException(FirstLine(message));

    private static string FirstLine(string message) => message.Split('\n')[0];
}
