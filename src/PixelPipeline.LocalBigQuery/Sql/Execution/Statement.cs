using System.Runtime.ExceptionServices;
using System.Text;
using Microsoft.Data.Sqlite;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Types;
using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Sql.Execution;

/// <summary>A compiled statement and the row at which it stands.</summary>
internal sealed class Statement(ReadOnlyDatabase database, sqlite3_stmt statement) : IDisposable
{
    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="GoogleSqlException">The data make the query fail, or it needs too much.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (database.Failure.Exception is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }

        return code == raw.SQLITE_ROW || (code == raw.SQLITE_DONE ? false : throw StepError(code));
    }

    /// <summary>Steps to the end and closes.</summary>
    public void Run()
    {
        using (this)
        {
            while (Step())
            {
            }
        }
    }

    /// <summary>A column, from 0, of the row.</summary>
    public object? Read(int column, SqlType type) => SqliteValue.Read(statement, column, type);

    /// <summary>A column of text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <summary>A column of an integer.</summary>
    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    /// <inheritdoc/>
    public void Dispose() => statement.Dispose();

    private Exception StepError(int code)
    {
        var message = raw.sqlite3_errmsg(database.Handle).utf8_to_string();
        return code switch
        {
            raw.SQLITE_INTERRUPT => new OperationCanceledException("The query was cancelled."),
            raw.SQLITE_TOOBIG or raw.SQLITE_NOMEM or raw.SQLITE_FULL => new GoogleSqlException($"Resources exceeded during query execution: {message}", failure: QueryFailure.ResourcesExceeded),
            raw.SQLITE_ERROR when message == "integer overflow" => new GoogleSqlException("int64 overflow"),
            _ => new SqliteException(message, code),
        };
    }
}
