using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>A function with GoogleSQL's meaning that SQLite is given under a name of its own.</summary>
internal abstract class SqliteFunction(string sqliteName)
{
    /// <summary>SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY | SQLITE_UTF8.</summary>
    protected const int Flags = 0x800 | 0x80000 | 1;

    /// <summary>By which SQL calls it; made here, never from a statement's text.</summary>
    public string SqliteName { get; } = sqliteName;

    /// <summary>Gives it to a connection.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="failure">Takes the exception of a call that fails: none may cross SQLite's own frames.</param>
    public abstract void Register(sqlite3 database, CallFailure failure);
}

/// <summary>The first exception that a function threw while a statement ran.</summary>
internal sealed class CallFailure
{
    public Exception? Exception { get; private set; }

    /// <summary>Keeps the exception, for where SQLite cannot be told of it.</summary>
    public void Keep(Exception exception) => Exception ??= exception;

    /// <summary>Keeps the exception and makes the call fail.</summary>
    public void Fail(sqlite3_context context, Exception exception)
    {
        Keep(exception);
        raw.sqlite3_result_error(context, "function failed");
    }
}
