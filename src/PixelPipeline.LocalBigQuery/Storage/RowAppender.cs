using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>
/// Adds many rows at the end of a table, in the transaction under way. It speaks to SQLite itself, since a command of the
/// ADO.NET provider costs more than the row does; the values go in as parameters here, too.
/// </summary>
internal sealed class RowAppender : IDisposable
{
    private const string Sql = "INSERT INTO rows (table_key, row_no, row_values) VALUES (?, ?, ?)";

    private readonly SqlSession _session;
    private readonly long _tableKey;
    private readonly sqlite3_stmt _insert;
    private long _rowNumber;

    /// <summary>Begins after the table's last row.</summary>
    public RowAppender(SqlSession session, long tableKey)
    {
        (_session, _tableKey) = (session, tableKey);
        First = _rowNumber = RowStore.Numbers(session, tableKey).End;
        Require(raw.sqlite3_prepare_v2(Handle, Sql, out _insert), raw.SQLITE_OK);
        Require(raw.sqlite3_bind_int64(_insert, 1, tableKey), raw.SQLITE_OK);
    }

    /// <summary>The number that the first row gets.</summary>
    public long First { get; }

    private sqlite3 Handle => _session.Connection.Handle!;

    /// <summary>Adds a row in its stored form, UTF-8.</summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public void Add(ReadOnlySpan<byte> values)
    {
        Require(raw.sqlite3_bind_int64(_insert, 2, _rowNumber++), raw.SQLITE_OK);
        Require(raw.sqlite3_bind_text(_insert, 3, values), raw.SQLITE_OK);
        Require(raw.sqlite3_step(_insert), raw.SQLITE_DONE);
        Require(raw.sqlite3_reset(_insert), raw.SQLITE_OK);
    }

    /// <summary>Adds to the table's size, as BigQuery counts it.</summary>
    public void AddBytes(long logicalBytes) => RowStore.AddBytes(_session, _tableKey, logicalBytes);

    /// <inheritdoc/>
    public void Dispose() => _insert.Dispose();

    private void Require(int result, int expected)
    {
        if (result != expected)
        {
            SqliteException.ThrowExceptionForRC(result, Handle);
        }
    }
}
