using System.Text.Json.Nodes;

namespace PixelPipeline.Clients.Tests;

/// <summary>The four views give the same numbers whoever asks: of the hits of <see cref="SharedPipeline"/>.</summary>
internal sealed class ViewTests
{
    // Times as microseconds: bq shows seconds only. They come last; what they are only the hits know.
    private static readonly Dictionary<string, (string Sql, string[] Expected)> Views = new()
    {
        ["events"] = (
            "SELECT user_id, type, event_id, UNIX_MICROS(event_time) AS micros FROM pixels.events ORDER BY user_id, type, event_id",
            ["ann|click|", "ann|click|", "ann|open|", "bob|click|"]),
        ["daily_counts"] = (
            "SELECT date, type, hits, users FROM pixels.daily_counts ORDER BY date, type",
            ["DAY|click|3|2", "DAY|open|1|1"]),
        ["user_activity"] = (
            "SELECT user_id, type, hits, UNIX_MICROS(first_time) AS first, UNIX_MICROS(last_time) AS last FROM pixels.user_activity ORDER BY user_id, type",
            ["ann|click|2|", "ann|open|1|", "bob|click|1|"]),
        ["rejections"] = (
            "SELECT date, reason, entries FROM pixels.rejections ORDER BY date, reason",
            ["DAY|missing_required|1"]),
    };

    // What pixel query answers, asked once for both clients.
    private static readonly Dictionary<string, Lazy<Task<(int ExitCode, string Output, string Errors)>>> Own =
        Views.ToDictionary(view => view.Key, view => new Lazy<Task<(int ExitCode, string Output, string Errors)>>(() => QueryAsync(view.Value.Sql)));

    private static IEnumerable<string> Names => Views.Keys;

    [TestCaseSource(nameof(Names))]
    public async Task View_AskedThroughBq_GivesTheNumbersOfPixelQuery(string view)
    {
        var bq = await BqClient.OnSharedPipelineAsync();

        var rows = await bq.JsonAsync("query", "--nouse_legacy_sql", Views[view].Sql);

        await CheckAsync(view, rows.AsArray());
    }

    [TestCaseSource(nameof(Names))]
    public async Task View_AskedThroughNode_GivesTheNumbersOfPixelQuery(string view)
    {
        var rows = await NodeClient.EvaluateAsync($"return (await bigquery.query(`{Views[view].Sql}`))[0];");

        await CheckAsync(view, rows!.AsArray());
    }

    private static async Task<(int ExitCode, string Output, string Errors)> QueryAsync(string sql) =>
        await PixelProcess.RunAsync("query", sql, "--format", "json", "--bigquery", (await SharedPipeline.StartedAsync()).BigQueryHost);

    private static async Task CheckAsync(string view, JsonArray rows)
    {
        var expected = Views[view].Expected;
        var (code, output, errors) = await Own[view].Value;
        Assert.That(code, Is.Zero, errors);
        var own = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var columns = own[0].Select(column => column.Key).ToList();

        var wanted = own.ConvertAll(row => Line(row, columns));
        Assert.That(rows.Select(row => Line(row!.AsObject(), columns)), Is.EqualTo(wanted));
        Assert.That(wanted, Has.Count.EqualTo(expected.Length));
        Assert.That(wanted.Zip(expected).Where(pair => !pair.First.StartsWith(pair.Second.Replace("DAY", SharedPipeline.Day, StringComparison.Ordinal), StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>A row's values as text: a client may give a number as one or as text, and a date wrapped.</summary>
    private static string Line(JsonObject row, List<string> columns) => string.Join('|', columns.Select(column => Text(row[column])));

    private static string Text(JsonNode? value) => value is JsonObject wrapped ? Text(wrapped["value"]) : value?.ToString() ?? "NULL";
}
