using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Types;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Tests.Sql;

/// <summary>A database file with a few tables, and the engine over it at 2026-11-21 12:00 UTC.</summary>
internal sealed class SqlFixture : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("pixel-sql-").FullName;
    private readonly Database _database;
    private readonly SqliteConnection _connection;
    private long _tables;

    public SqlFixture()
    {
        Path = System.IO.Path.Combine(_folder, "bigquery.db");
        _database = Database.Open(Path);
        _connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        _connection.Open();
        Run("INSERT INTO datasets VALUES ('pixels', '{}')");
        Engine = new GoogleSqlEngine(_database, new ScratchFolder(Path, "columns"), new FixedTime());
    }

    public string Path { get; }

    public GoogleSqlEngine Engine { get; }

    /// <summary>Makes a table; the schema is <c>name TYPE, name TYPE</c>, each row a JSON array in the stored form.</summary>
    public long Table(string id, string schema, params string[] rows)
    {
        var fields = schema.Split(", ").Select(f => f.Split(' ')).Select(f => new { name = f[0], type = f[1], mode = f.ElementAtOrDefault(2) ?? "NULLABLE" });
        var key = Add(id, "TABLE", JsonSerializer.Serialize(new { schema = new { fields } }));
        for (var i = 0; i < rows.Length; i++)
        {
            Run("INSERT INTO rows VALUES ($key, $number, $values)", ("$key", key), ("$number", i), ("$values", rows[i]));
        }

        return key;
    }

    public void View(string id, string query) => Add(id, "VIEW", JsonSerializer.Serialize(new { view = new { query, useLegacySql = false } }));

    /// <summary>The result as text: cells split by |, rows by ;, texts in quotes.</summary>
    public string Query(string sql, params QueryParameter[] parameters)
    {
        using var query = Engine.Prepare(sql, parameters, "local", "pixels");
        return string.Join(" ; ", query.Execute(CancellationToken.None).Select(row => string.Join('|', row.Select(Text))));
    }

    public void Run(string sql, params (string Name, object Value)[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Engine.Dispose();
        _database.Dispose();
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private long Add(string id, string kind, string resource)
    {
        Run(
            "INSERT INTO tables VALUES ($key, 'pixels', $id, $kind, $resource, $key, $key)",
            ("$key", ++_tables),
            ("$id", id),
            ("$kind", kind),
            ("$resource", resource));
        return _tables;
    }

    private static string Text(object? value) => value switch
    {
        null => "NULL",
        string text => $"'{text}'",
        bool flag => flag ? "true" : "false",
        double number => number.ToString("0.0###############", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Timestamp time => time.ToString(),
        byte[] bytes => $"b{Convert.ToHexStringLower(bytes)}",
        NumericValue numeric => $"n{numeric}",
        Datetime time => time.ToIsoString(),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        object?[] values => $"[{string.Join(", ", values.Select(Text))}]",
        _ => FormattableString.Invariant($"{value}"),
    };

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
