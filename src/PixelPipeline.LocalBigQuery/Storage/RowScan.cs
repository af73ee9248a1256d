using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>
/// Reads many rows of a table. It speaks to SQLite itself, since a row of the ADO.NET provider's costs more than the row does.
/// </summary>
internal static class RowScan
{
    private const string Sql = "SELECT row_no, row_values FROM rows WHERE table_key = ? AND row_no >= ? ORDER BY row_no";

    /// <summary>Hands each row from number <paramref name="first"/> on, in its stored form, UTF-8, to <paramref name="each"/>.</summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public static void Run(SqlSession session, long tableKey, long first, ReadRow each)
    {
        var handle = session.Connection.Handle!;
        Require(raw.sqlite3_prepare_v2(handle, Sql, out var statement), raw.SQLITE_OK, handle);
        using (statement)
        {
            Require(raw.sqlite3_bind_int64(statement, 1, tableKey), raw.SQLITE_OK, handle);
            Require(raw.sqlite3_bind_int64(statement, 2, first), raw.SQLITE_OK, handle);
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                each(raw.sqlite3_column_int64(statement, 0), raw.sqlite3_column_blob(statement, 1));
            }

            Require(code, raw.SQLITE_DONE, handle);
        }
    }

    private static void Require(int result, int expected, sqlite3 handle)
    {
        if (result != expected)
        {
            SqliteException.ThrowExceptionForRC(result, handle);
        }
    }
}

/// <summary>Takes a row: its number, and its values in the stored form.</summary>
internal delegate void ReadRow(long number, ReadOnlySpan<byte> values);
