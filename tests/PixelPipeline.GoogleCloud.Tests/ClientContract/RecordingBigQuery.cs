using System.Collections.Concurrent;
using System.Text.Json;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>A BigQuery that keeps what it is sent, and fails where the test says so.</summary>
internal sealed class RecordingBigQuery : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _tables = new(); // each resource by its path

    public RecordingBigQuery() => Server = new ScriptedServer(Answer);

    public ScriptedServer Server { get; }

    public string Host => $"127.0.0.1:{Server.Port}";

    /// <summary>An answer in place of the usual one; null leaves it at that. Asked before anything is kept.</summary>
    public Func<ScriptedRequest, Answer?> Instead { get; set; } = _ => null;

    /// <summary>An answer to an insert that took effect; null leaves it at the usual one.</summary>
    public Func<ScriptedRequest, Answer?> Afterwards { get; set; } = _ => null;

    /// <summary>Each row that was sent in an insert that took effect, in order: raw, so that a repeated one stands twice.</summary>
    public ConcurrentQueue<(string Table, string InsertId, JsonElement Json)> Rows { get; } = new();

    /// <summary>What was made, by its JSON.</summary>
    public IEnumerable<JsonElement> Made => Server.Requests.Where(r => r is { Method: "POST" } && !IsInsert(r)).Select(r => r.Json);

    public int InsertCount => Server.Requests.Count(IsInsert);

    public static bool IsInsert(ScriptedRequest request) => request.Target.Contains("/insertAll?", StringComparison.Ordinal);

    /// <summary>The table that an insert is for, by its suffix too.</summary>
    public static string TableOf(ScriptedRequest insert)
    {
        var path = insert.Target.Split('/');
        return path[Array.IndexOf(path, "tables") + 1] + (insert.Json.TryGetProperty("templateSuffix", out var suffix) ? suffix.GetString() : "");
    }

    public void AddTable(string path) => _tables[path] = """{"tableReference":{"tableId":"t"}}""";

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private Answer Answer(ScriptedRequest request)
    {
        if (Instead(request) is { } instead)
        {
            return instead;
        }

        if (IsInsert(request))
        {
            Keep(request);
            return Afterwards(request) ?? ClientContract.Answer.Inserted;
        }

        var path = request.Target.Split('?')[0];
        return request.Method == "POST" ? Make(path, request.Json)
            : path.EndsWith("/tables", StringComparison.Ordinal) ? ClientContract.Answer.Json(200, """{"tables":[]}""")
            : _tables.TryGetValue(path, out var resource) ? ClientContract.Answer.Json(200, resource)
            : ClientContract.Answer.Error(404, "notFound");
    }

    private Answer Make(string path, JsonElement resource)
    {
        var reference = resource.TryGetProperty("tableReference", out var table) ? table.GetProperty("tableId") : resource.GetProperty("datasetReference").GetProperty("datasetId");
        return _tables.TryAdd($"{path}/{reference.GetString()}", resource.GetRawText())
            ? ClientContract.Answer.Json(200, resource.GetRawText())
            : ClientContract.Answer.Error(409, "duplicate");
    }

    private void Keep(ScriptedRequest insert)
    {
        var table = TableOf(insert);
        var path = insert.Target.Split('/');
        _tables[string.Join('/', path[..(Array.IndexOf(path, "tables") + 1)]) + "/" + table] = """{"tableReference":{"tableId":"t"}}""";
        foreach (var row in insert.Json.GetProperty("rows").EnumerateArray())
        {
            Rows.Enqueue((table, row.GetProperty("insertId").GetString()!, row.GetProperty("json").Clone()));
        }
    }
}
