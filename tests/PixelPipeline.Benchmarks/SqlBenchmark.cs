using System.Globalization;
using System.Text;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.Benchmarks;

/// <summary>What queries over one table of events, and over 300 small ones, cost the local BigQuery in CPU time.</summary>
internal sealed class SqlBenchmark : IDisposable
{
    private const string Schema = """{"schema":{"fields":[{"name":"event_id","type":"STRING"},{"name":"event_time","type":"TIMESTAMP"},{"name":"user_id","type":"STRING"},{"name":"type","type":"STRING"},{"name":"order_id","type":"STRING"},{"name":"user_agent","type":"STRING"},{"name":"referer","type":"STRING"}]}}""";
    private const long Day = 1_795_132_800_000_000; // 2026-11-20
    private const int SmallTables = 300;

    private static readonly (string Name, string Sql)[] Queries =
    [
        ("count by day", "SELECT DATE(event_time) d, COUNT(*) FROM pixels.ev GROUP BY d ORDER BY d"),
        ("by day and type with distinct users", "SELECT DATE(event_time) d, type, COUNT(*), COUNT(DISTINCT user_id) FROM pixels.ev GROUP BY d, type ORDER BY d, type"),
        ("view daily_counts", "SELECT DATE(event_time) AS date, type, COUNT(*) AS hits, COUNT(DISTINCT user_id) AS users FROM (SELECT * FROM pixels.ev QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1) GROUP BY date, type"),
        ("one user's events", "SELECT * FROM pixels.ev WHERE user_id = 'u77' ORDER BY event_time"),
        ("top 10 referers", "SELECT referer, COUNT(*) n FROM pixels.ev GROUP BY referer ORDER BY n DESC LIMIT 10"),
        ("de-dup by QUALIFY", "SELECT COUNT(*) FROM (SELECT * FROM pixels.ev QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1)"),
        ("wildcard over 300 small tables", "SELECT _TABLE_SUFFIX, COUNT(*) FROM `pixels.small_*` GROUP BY 1"),
        ("join of two", "SELECT COUNT(*) FROM pixels.ev a JOIN pixels.ev b ON a.user_id = b.user_id WHERE a.type = 'buy' AND b.type = 'open' AND b.event_time < a.event_time"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("pixel-sql-benchmark-").FullName;
    private readonly Database _database;
    private readonly GoogleSqlEngine _engine;

    private SqlBenchmark(int rows)
    {
        var path = Path.Combine(_folder, "bigquery.db");
        _database = Database.Open(path);
        _engine = new GoogleSqlEngine(_database, new ScratchFolder(path, "columns"), TimeProvider.System);
        Fill(rows);
    }

    public static Task<int> RunAsync(int rows)
    {
        using var benchmark = new SqlBenchmark(rows);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"CPU, s",-40} {"first",8} {"again",8} {"rows",9}"));
        foreach (var (name, sql) in Queries)
        {
            var (first, _) = benchmark.Measure(sql);
            var (again, count) = Enumerable.Range(0, 3).Select(_ => benchmark.Measure(sql)).MinBy(m => m.Seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} {first,8:0.000} {again,8:0.000} {count,9:N0}"));
        }

        using var process = System.Diagnostics.Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory at most {process.PeakWorkingSet64 / 1e6:N0} MB"));
        return Task.FromResult(0);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (double Seconds, int Rows) Measure(string sql)
    {
        var start = Environment.CpuUsage.TotalTime;
        using var query = _engine.Prepare(sql, [], "local", null);
        var rows = query.Execute(CancellationToken.None).Count();
        return ((Environment.CpuUsage.TotalTime - start).TotalSeconds, rows);
    }

    private void Fill(int rows)
    {
        using var writer = _database.OpenWriter();
        writer.Execute("BEGIN");
        DatasetCatalog.TryAdd(writer, "pixels", "{}");
        Fill(writer, "ev", rows);
        for (var i = 0; i < SmallTables; i++)
        {
            Fill(writer, $"small_{i}", 10);
        }

        writer.Execute("COMMIT");
    }

    // The same rows in each run.
    private static void Fill(SqlSession writer, string table, int rows)
    {
        var random = new Random(1);
        var key = TableCatalog.TryAdd(writer, "pixels", table, TableKinds.Table, Schema, 0)!.Value;
        using var appender = new RowAppender(writer, key);
        for (var i = 0; i < rows; i++)
        {
            var type = (string[])["open", "click", "buy", "view"];
            appender.Add(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"[\"{i:x16}{random.Next():x8}\",{Day + (random.NextInt64(30L * 86_400) * 1_000_000)},\"u{random.Next(20_000)}\",\"{type[random.Next(4)]}\",\"o{random.Next(1_000_000)}\",\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{random.Next(100, 140)}.0\",\"https://shop.example/{random.Next(2_000)}/page?q=abcdefgh\"]")));
        }

        appender.AddBytes(rows * 300L);
    }
}
