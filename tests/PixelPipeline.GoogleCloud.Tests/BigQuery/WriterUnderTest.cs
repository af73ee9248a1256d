using Google.Cloud.BigQuery.V2;
using PixelPipeline.Events;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.Tests.ClientContract;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>The writer in front of a scripted BigQuery, with a clock that does not make the test wait.</summary>
internal sealed class WriterUnderTest : IAsyncDisposable
{
    public static readonly TableName Table = new("pixel", "_a_20261120");
    public static readonly DateTime Day = new(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);

    private readonly BigQueryClient _client;

    public WriterUnderTest(Func<ScriptedRequest, Answer> answer, NewTableLimits? limits = null)
        : this(new ScriptedServer(answer), limits)
    {
    }

    public WriterUnderTest(params Answer[] script)
        : this(new ScriptedServer(script), null)
    {
    }

    private WriterUnderTest(ScriptedServer server, NewTableLimits? limits)
    {
        Server = server;
        _client = BigQueryEndpoint.CreateClient("local", $"127.0.0.1:{server.Port}");
        Layout = Some.Layout(Some.ShippedSchema());
        Writer = new BigQueryRowWriter(_client, "pixels", Layout, limits ?? new NewTableLimits(10, 1000), Meter, Time, Log);
    }

    public ScriptedServer Server { get; }

    public TableLayout Layout { get; }

    public PipelineMeter Meter { get; } = new();

    public SkippingTime Time { get; } = new();

    public RecordingLog<BigQueryRowWriter> Log { get; } = new();

    public BigQueryRowWriter Writer { get; }

    /// <summary>The names of the rows in each insert request, in order.</summary>
    public IReadOnlyList<string[]> Inserts => [.. Server.Requests.Where(r => r.Method == "POST").Select(NamesIn)];

    /// <summary>Rows that a test names, here by their user id.</summary>
    public static EventRow[] Rows(params string[] names) => [.. names.Select(name => Some.Row(insertId: name, userId: name))];

    public static string[] NamesIn(ScriptedRequest request) =>
        [.. request.Json.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("json").GetProperty("user_id").GetString()!)];

    public Task<IReadOnlyList<RowFate>> WriteAsync(params EventRow[] rows) => Writer.WriteAsync(Table, rows, CancellationToken.None);

    /// <summary>Row errors in a 200, as (index or null, reason).</summary>
    public static Answer RowErrors(params (int? Index, string? Reason)[] errors) => Answer.Json(200, "{\"insertErrors\":["
        + string.Join(',', errors.Select(e => $$"""{{{(e.Index is { } i ? $"\"index\":{i}," : "")}}"errors":[{{{(e.Reason is { } r ? $"\"reason\":\"{r}\"," : "")}}"location":"type","message":"{{e.Reason}} row"}]}"""))
        + "]}");

    public async ValueTask DisposeAsync()
    {
        Writer.Dispose();
        _client.Dispose();
        Meter.Dispose();
        await Server.DisposeAsync();
    }
}
