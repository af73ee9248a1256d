using System.Globalization;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.LocalBigQuery;
using PixelPipeline.Soak.Checking;
using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Tests;

/// <summary>What the check after a run finds in tables that a pipeline with a fault would leave.</summary>
internal sealed class TableCheckTests
{
    private readonly RunOracle _oracle = new(seed: 1, layout: "partitioned", isPlain: true);
    private readonly Violations _violations = new();
    private TempFolder _folder = null!;
    private BigQueryServer _bigQuery = null!;
    private BigQueryClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = new TempFolder();
        var options = new BigQueryServerOptions { Port = 0, DatabasePath = Path.Combine(_folder.Path, "bigquery.db") };
        _bigQuery = await BigQueryServer.StartAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        _client = BigQueryEndpoint.CreateClient("local", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_bigQuery.Port}"));
        await _client.CreateDatasetAsync("pixels", new Dataset { Location = "US" });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _bigQuery.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Rows_OfWhatWasAcknowledged_AreComparedWithTheOracle()
    {
        // Event 0 is as it should be, 1 is there twice, 2 is missing, 3 has another type, 4 stands in two tables, 5 is not acknowledged.
        await WriteAsync("pixel", [Row(0), Row(1), Row(1), Row(3, type: "other"), Row(4), Row(5)]);
        await WriteAsync("pixel_2", [Row(4)]);
        var log = new ActionLog(_oracle, 6, _violations);
        foreach (var index in Enumerable.Range(0, 5))
        {
            log.Committed(index, "pixel");
            log.Acknowledge(index);
        }

        var check = new TableCheck(_oracle, log, _violations);
        await check.RunAsync(_client, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That((check.Rows, check.RawDuplicates, check.Lost), Is.EqualTo((7L, 1L, 1)));
            Assert.That(_violations.First, Is.EquivalentTo(new[]
            {
                "Event 2 was acknowledged and is missing in pixel: lost.", "Event 3 (Hit) has another type in pixel: other.",
                "Event 4 (Hit) stands in pixel_2, not in pixel.", "Event 5 was never acknowledged.",
            }));
        });
    }

    private async Task WriteAsync(string table, BigQueryInsertRow[] rows)
    {
        string[] columns = ["event_id STRING", "event_time TIMESTAMP", "user_id STRING", "type STRING", "order_id STRING", "amount INTEGER", "referer STRING"];
        var fields = columns.Select(c => c.Split(' ')).Select(c => new TableFieldSchema { Name = c[0], Type = c[1] });
        await _client.CreateTableAsync("pixels", table, new Table { Schema = new TableSchema { Fields = [.. fields] } });
        await _client.InsertRowsAsync("pixels", table, rows, null);
    }

    private BigQueryInsertRow Row(int index, string? type = null)
    {
        var e = _oracle.EventOf(index);
        return new BigQueryInsertRow
        {
            { "event_id", RunOracle.EventId(e) }, { "event_time", e.Time }, { "user_id", e.User.Id }, { "type", type ?? e.Type },
            { "order_id", e.Marker }, { "amount", (long)index },
        };
    }
}
