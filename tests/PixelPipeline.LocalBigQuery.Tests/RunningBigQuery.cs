using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace PixelPipeline.LocalBigQuery.Tests;

/// <summary>A local BigQuery with an empty dataset <c>pixels</c>, in a folder of its own, reached over HTTP.</summary>
internal sealed class RunningBigQuery : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bigquery-test-").FullName;
    private long? _resultBytesKept;
    private TimeSpan _streamingBuffer;
    private BigQueryServer? _server;

    public HttpClient Http { get; private set; } = new();

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public int Port => _server!.Port;

    public string DatabasePath => Path.Combine(_folder, "bigquery.db");

    public static async Task<RunningBigQuery> StartAsync()
    {
        var running = new RunningBigQuery();
        await running.StartServerAsync();
        await running.PostAsync("datasets", """{"datasetReference":{"datasetId":"pixels"}}""");
        return running;
    }

    /// <param name="resultBytesKept">A bound on the results of all queries, instead of the usual one.</param>
    /// <param name="streamingBuffer">How long rows stay in the streaming buffer.</param>
    public async Task RestartAsync(long? resultBytesKept = null, TimeSpan streamingBuffer = default)
    {
        (_resultBytesKept, _streamingBuffer) = (resultBytesKept, streamingBuffer);
        await _server!.DisposeAsync();
        Http.Dispose();
        await StartServerAsync();
    }

    public Task<Answer> CreateTableAsync(string table, string fields) =>
        PostAsync("datasets/pixels/tables", $$$"""{"tableReference":{"tableId":"{{{table}}}"},"schema":{"fields":[{{{fields}}}]}}""");

    public Task<Answer> InsertAsync(string table, string body) => PostAsync($"datasets/pixels/tables/{table}/insertAll", body);

    public Task<Answer> ListAsync(string table, string query = "") => GetAsync($"datasets/pixels/tables/{table}/data?{query}");

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        change?.Invoke(request);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartServerAsync()
    {
        var options = new BigQueryServerOptions { Port = 0, DatabasePath = DatabasePath, TimeProvider = Time, StreamingBuffer = _streamingBuffer };
        options = _resultBytesKept is { } kept ? new() { Port = 0, DatabasePath = DatabasePath, TimeProvider = Time, ResultBytesKept = kept } : options;
        _server = await BigQueryServer.StartAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_server.Port}/bigquery/v2/projects/local/") };
    }
}
