using Microsoft.Data.Sqlite;
using PixelPipeline.LocalBigQuery.Sql.Analysis;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Types;
using SQLitePCL;

namespace PixelPipeline.LocalBigQuery.Sql.Execution;

/// <summary>
/// One connection to the database file for one query, in one read transaction, so that everything it reads is of one
/// moment. It cannot write: the file is opened read-only, and SQLite is told to allow nothing but reading and functions.
/// </summary>
internal sealed class ReadOnlyDatabase : IDisposable
{
    private const int MaximumValueBytes = 128 * 1024 * 1024; // more than a stored row has

    private static readonly int[] Allowed = [raw.SQLITE_SELECT, raw.SQLITE_READ, raw.SQLITE_FUNCTION];

    private readonly SqliteConnection _connection;
    private readonly HashSet<string> _registered = [];

    private ReadOnlyDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>SQLite's handle.</summary>
    public sqlite3 Handle => _connection.Handle!;

    /// <summary>What a function threw.</summary>
    public CallFailure Failure { get; } = new();

    /// <summary>Opens the file and begins the read transaction.</summary>
    /// <exception cref="SqliteException">The file is missing or no database.</exception>
    public static ReadOnlyDatabase Open(string path)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            _ = raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, MaximumValueBytes); // else one STRING_AGG may take a gigabyte
            var database = new ReadOnlyDatabase(connection);
            database.Prepare("BEGIN", [], []).Run();
            database.Prepare("SELECT count(*) FROM (SELECT 1 FROM tables LIMIT 1)", [], []).Run(); // the moment begins with the first read
            raw.sqlite3_set_authorizer(database.Handle, (delegate_authorizer)Authorize, null);
            raw.sqlite3_create_collation(database.Handle, Collation.Name, null, (_, a, b) => Compare(a, b, database.Failure));
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Compiles the SQL, with the functions that it calls and the values of its parameters.</summary>
    /// <exception cref="GoogleSqlException">It is beyond what SQLite can compile.</exception>
    public Statement Prepare(string sql, IReadOnlyList<object?> parameters, IEnumerable<SqliteFunction> functions)
    {
        foreach (var function in functions)
        {
            if (_registered.Add(function.SqliteName))
            {
                function.Register(Handle, Failure);
            }
        }

        var code = raw.sqlite3_prepare_v2(Handle, sql, out var statement);
        if (code != raw.SQLITE_OK)
        {
            throw PrepareError(code);
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            SqliteValue.Bind(statement, i + 1, parameters[i]);
        }

        return new Statement(this, statement);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    // The query's own SQL is made from a tree and holds no text of the statement; this is the second lock on that door.
    private static int Authorize(object user, int action, utf8z a, utf8z b, utf8z database, utf8z trigger) =>
        Array.IndexOf(Allowed, action) >= 0 ? raw.SQLITE_OK : raw.SQLITE_DENY;

    // No exception may cross SQLite's own frames: it would end the process. The statement fails at its next row.
    private static int Compare(string a, string b, CallFailure failure)
    {
        try
        {
            return NumericValue.Parse(a).CompareTo(NumericValue.Parse(b));
        }
        catch (GoogleSqlException e)
        {
            failure.Keep(e);
            return string.CompareOrdinal(a, b);
        }
    }

    private Exception PrepareError(int code)
    {
        var message = raw.sqlite3_errmsg(Handle).utf8_to_string();
        var tooLarge = message.StartsWith("parser stack overflow", StringComparison.Ordinal)
            || message.StartsWith("Expression tree is too large", StringComparison.Ordinal)
            || message.StartsWith("too many ", StringComparison.Ordinal)
            || message.StartsWith("at most ", StringComparison.Ordinal);
        if (message.StartsWith("unsupported frame specification", StringComparison.Ordinal))
        {
            return new GoogleSqlException("Window frame ends before it starts");
        }

        return tooLarge
            ? new GoogleSqlException($"Not supported: a statement this deeply nested or this large ({message})", failure: QueryFailure.ResourcesExceeded)
            : new SqliteException(message, code);
    }
}
