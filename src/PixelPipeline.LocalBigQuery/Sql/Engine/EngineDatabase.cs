using System.Globalization;
using DuckDB.NET.Native;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Engine;

/// <summary>
/// The engine that answers queries: DuckDB, over columns that it is given from the database's rows. What it has is a copy, in a
/// file that goes with the process; where it fails, it is made anew.
/// </summary>
internal sealed class EngineDatabase : IDisposable
{
    private const int LeastMemory = 320; // MiB
    private const int MostMemory = 2_048;
    private const int ShareOfMemory = 8;

    // A query that needs more goes to the disk, and fails where that is not enough.
    private static readonly string[] Settings =
    [
        $"SET threads = {Math.Clamp(Environment.ProcessorCount, 1, 8).ToString(CultureInfo.InvariantCulture)}",
        $"SET memory_limit = '{Memory.ToString(CultureInfo.InvariantCulture)}MiB'",
        "SET max_temp_directory_size = '4GB'",
        "SET preserve_insertion_order = true",
        "SET enable_external_access = false",
        "SET autoload_known_extensions = false",
        "SET autoinstall_known_extensions = false",
        "SET lock_configuration = true",
    ];

    // An eighth of what the machine has: columns that stay in memory need not be read and unpacked for the next query.
    private static long Memory => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory >> 20, LeastMemory, MostMemory);

    private readonly DuckDBDatabase _database;
    private readonly FunctionRegistry _functions = new();
    private readonly string _path;

    /// <summary>Makes the file, which must not be there.</summary>
    public EngineDatabase(string path)
    {
        _path = path;
        if (NativeMethods.Startup.DuckDBOpen(path, out _database) != DuckDBState.Success)
        {
            throw new IOException($"The query engine cannot make its file {path}.");
        }

        using var session = Open();
        foreach (var setting in (IEnumerable<string>)[$"SET temp_directory = '{path.Replace("'", "''", StringComparison.Ordinal)}.tmp'", .. Settings])
        {
            session.Execute(setting);
        }
    }

    /// <summary>A connection of the caller's own. Dispose it.</summary>
    public EngineSession Open() => NativeMethods.Startup.DuckDBConnect(_database, out var connection) == DuckDBState.Success
        ? new EngineSession(connection)
        : throw new IOException("The query engine takes no more connections.");

    /// <summary>Gives the engine functions that statements to come call.</summary>
    public void Add(EngineSession session, IEnumerable<ScalarFunction> functions) => _functions.Add(session.Connection, functions);

    /// <summary>The values of a query's one column, which are of type INT64.</summary>
    public List<long> Values(string sql, IReadOnlyCollection<ScalarFunction> functions, DataType type)
    {
        using var session = Open();
        Add(session, functions);
        using var statement = session.Prepare(sql);
        return [.. session.Rows(statement, [type]).Select(row => (long)row[0]!)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _database.Dispose();
        File.Delete(_path);
        File.Delete(_path + ".wal");
        if (Directory.Exists(_path + ".tmp"))
        {
            Directory.Delete(_path + ".tmp", recursive: true);
        }
    }
}
