using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>
/// The SQLite file behind the local BigQuery: one connection that writes (<see cref="WriteQueue"/> owns it) and any
/// number that read, each from its own snapshot, without waiting for the writer (https://www.sqlite.org/wal.html).
/// </summary>
internal sealed class Database : IDisposable
{
    private const int FormatVersion = 1;
    private const int IdleReadersKept = 8;

    private readonly ConcurrentBag<SqlSession> _idleReaders = [];
    private readonly string _path;
    private volatile bool _disposed;

    private Database(string path) => _path = path;

    /// <summary>Opens the file, or makes it. Its folder has to exist.</summary>
    /// <exception cref="InvalidDataException">The file can't be opened or written, is no database, or a newer version of this program made it.</exception>
    public static Database Open(string path)
    {
        try
        {
            return Prepare(path);
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException(e.Message, e); // which engine it is, is nobody's concern outside
        }
    }

    private static Database Prepare(string path)
    {
        using var session = new SqlSession(Connect(path, SqliteOpenMode.ReadWriteCreate));
        var version = session.Integer("PRAGMA user_version");
        if (version > FormatVersion)
        {
            throw new InvalidDataException($"The database has format {version}; this version knows up to {FormatVersion}.");
        }

        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute(DatabaseSchema.Sql);
        session.Execute($"PRAGMA user_version = {FormatVersion}");
        return new Database(path);
    }

    /// <summary>A connection that writes and whose commits reach the disk before they return.</summary>
    public SqlSession OpenWriter()
    {
        var session = new SqlSession(Connect(_path, SqliteOpenMode.ReadWrite));
        session.Execute("PRAGMA synchronous = FULL");
        session.Execute("PRAGMA cache_size = -65536");
        session.Execute("PRAGMA wal_autocheckpoint = 4000");
        session.Execute("PRAGMA journal_size_limit = 67108864");
        return session;
    }

    /// <summary>A connection of the caller's own that can only read. Dispose it.</summary>
    public SqliteConnection OpenReader() => Connect(_path, SqliteOpenMode.ReadOnly);

    /// <summary>Runs <paramref name="query"/> on a connection that can only read.</summary>
    public T Read<T>(Func<SqlSession, T> query)
    {
        if (!_idleReaders.TryTake(out var session))
        {
            session = new SqlSession(OpenReader());
        }

        try
        {
            return query(session);
        }
        finally
        {
            GiveBack(session);
        }
    }

    /// <summary>Runs <paramref name="query"/> on a connection that can only read and that sees one moment all through.</summary>
    public T Snapshot<T>(Func<SqlSession, T> query) => Read(session =>
    {
        session.Execute("BEGIN");
        try
        {
            return query(session);
        }
        finally
        {
            session.Execute("COMMIT");
        }
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        while (_idleReaders.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void GiveBack(SqlSession session)
    {
        if (_disposed || _idleReaders.Count >= IdleReadersKept)
        {
            session.Dispose();
        }
        else
        {
            _idleReaders.Add(session);
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
