using Google.Cloud.BigQuery.V2;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.Tests.ClientContract;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>The way of an entry from its bytes to a recording BigQuery.</summary>
internal sealed class PipelineUnderTest : IAsyncDisposable
{
    private readonly BigQueryClient _client;
    private readonly BigQueryRowWriter _writer;

    public PipelineUnderTest(TimeProvider time, NewTableLimits limits, LayoutName layout = LayoutName.Template)
    {
        var schema = Some.ShippedSchema();
        Layout = TableLayout.Of(layout, "pixel", SuffixPattern.Parse(SuffixPattern.Default, schema));
        _client = BigQueryEndpoint.CreateClient("local", BigQuery.Host);
        _writer = new BigQueryRowWriter(_client, "pixels", Layout, limits, Meter, time, new RecordingLog<BigQueryRowWriter>());
        var group = new GroupCommitWriter(_writer, new GroupCommitLimits(), Meter, time);
        Handler = new EntryHandler(Some.Processor(schema), group, Layout, Meter, time);
    }

    public RecordingBigQuery BigQuery { get; } = new();

    public TableLayout Layout { get; }

    public PipelineMeter Meter { get; } = new();

    public EntryHandler Handler { get; }

    public static byte[] Entry(string user, string name) =>
        Some.LogEntry(requestUrl: $"{Some.PixelUrl}?user_id={user}&order_id={name}", insertId: name);

    public Task<EntryOutcome> HandleAsync(string user, string name) => Handler.HandleAsync(Entry(user, name), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        _client.Dispose();
        Meter.Dispose();
        await BigQuery.DisposeAsync();
    }
}
