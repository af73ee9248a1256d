using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery.Loading;

/// <summary>A BigQuery that runs load jobs: each id once, all rows or none, done when it is asked for the first time.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string?> _jobs = []; // the id, and the reason that it failed for
    private readonly List<string> _rows = [];

    public LoadServer()
    {
        Server = new ScriptedServer(Answer);
        Client = ClientContract.Client.Of(Server);
        Client.Service.HttpClient.MessageHandler.NumTries = 1;
    }

    public ScriptedServer Server { get; }

    public BigQueryClient Client { get; }

    /// <summary>Why a job fails, of how many were run before it; null where it does not.</summary>
    public Func<int, string?> FailureOf { get; set; } = _ => null;

    /// <summary>When the table was made.</summary>
    public long TableCreated { get; set; } = 1;

    /// <summary>An answer in place of the usual one; null leaves it at that.</summary>
    public Func<ScriptedRequest, Answer?> Instead { get; set; } = _ => null;

    /// <summary>An answer once the request took effect, in place of the usual one.</summary>
    public Func<ScriptedRequest, Answer?> Afterwards { get; set; } = _ => null;

    public IReadOnlyList<string> Jobs => Locked(() => _jobs.Keys.ToList());

    /// <summary>The rows of all jobs that succeeded, as lines of JSON.</summary>
    public IReadOnlyList<string> Rows => Locked(() => _rows.ToList());

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    private Answer Answer(ScriptedRequest request)
    {
        if (Instead(request) is { } instead)
        {
            return instead;
        }

        var usual = Locked(() => request.Method switch
        {
            "POST" => Open(request),
            "PUT" => Run(JobOf(request.Target), request),
            _ when request.Target.Contains("/jobs/", StringComparison.Ordinal) => Job(JobOf(request.Target), "DONE"),
            _ when request.Target.Contains("/tables/", StringComparison.Ordinal) => ClientContract.Answer.Json(200, $$$"""{"tableReference":{"projectId":"local","datasetId":"pixels","tableId":"pixel"},"creationTime":"{{{TableCreated}}}","schema":{"fields":[{"name":"user_id","type":"STRING"}]}}"""),
            _ => ClientContract.Answer.Json(200, """{"location":"EU"}"""),
        });
        return Afterwards(request) ?? usual;
    }

    private static string JobOf(string target) => target.Split('?')[^1].Contains("upload_id=", StringComparison.Ordinal)
        ? target.Split("upload_id=")[1].Split('&')[0]
        : target.Split("/jobs/")[1].Split('?')[0];

    private Answer Open(ScriptedRequest request)
    {
        var id = request.Json.GetProperty("jobReference").GetProperty("jobId").GetString()!;
        return _jobs.ContainsKey(id)
            ? ClientContract.Answer.Error(409, "duplicate")
            : ClientContract.Answer.Session($"http://{request.Headers["Host"]}{request.Target}&upload_id={id}");
    }

    private Answer Run(string id, ScriptedRequest request)
    {
        if (request.Body.Length > 0 && _jobs.TryAdd(id, FailureOf(_jobs.Count)) && _jobs[id] is null)
        {
            using var gzip = new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress);
            using var lines = new StreamReader(gzip, Encoding.UTF8);
            _rows.AddRange(lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return Job(id, "RUNNING");
    }

    private Answer Job(string id, string state)
    {
        var error = state == "DONE" && _jobs[id] is { } reason ? $$""","errorResult":{"reason":"{{reason}}","message":"said why"},"errors":[{"reason":"{{reason}}","message":"said which"}]""" : "";
        return ClientContract.Answer.Json(200, $$$"""{"jobReference":{"projectId":"local","jobId":{{{JsonSerializer.Serialize(id)}}},"location":"EU"},"status":{"state":"{{{state}}}"{{{error}}}}}""");
    }

    private T Locked<T>(Func<T> get)
    {
        lock (_lock)
        {
            return get();
        }
    }
}
