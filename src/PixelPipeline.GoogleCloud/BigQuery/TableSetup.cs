using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.Events;
using PixelPipeline.Settings;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Makes sure, before the first row, that the dataset, the base table and the table of rejected entries are there.</summary>
public sealed class TableSetup
{
    private readonly BigQueryClient _client;
    private readonly PipelineSettings _settings;
    private readonly string _datasetId;
    private readonly EventSchema _schema;
    private readonly TableLayout _layout;
    private readonly BigQueryRetry _retry;
    private readonly ILogger<TableSetup> _logger;

    /// <summary>Sets it up.</summary>
    /// <param name="client">As <see cref="BigQueryEndpoint.CreateClient"/> makes it.</param>
    /// <param name="settings">What to make, and whether.</param>
    /// <param name="schema">The base table's columns.</param>
    /// <param name="layout">The tables' names and kind.</param>
    /// <param name="meter">Is told of retries.</param>
    /// <param name="time">Times pauses.</param>
    /// <param name="logger">Told what was made.</param>
    public TableSetup(
        BigQueryClient client, PipelineSettings settings, EventSchema schema, TableLayout layout, PipelineMeter meter, TimeProvider time, ILogger<TableSetup> logger)
    {
        _client = client;
        _settings = settings;
        _datasetId = settings.Get(PipelineSetting.Dataset);
        _schema = schema;
        _layout = layout;
        _retry = new BigQueryRetry(meter, time);
        _logger = logger;
    }

    /// <summary>Looks for what must be there and makes what is missing.</summary>
    /// <exception cref="TableSetupException">It cannot be had; the message says what to mend.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync($"dataset {_datasetId}", FindDatasetAsync, MakeDatasetAsync, cancellationToken);
        await EnsureTableAsync(_layout.BaseTable, BaseTable(), cancellationToken);
        await EnsureTableAsync(_layout.RejectedTable.Id, RejectedTable(), cancellationToken);
    }

    private Task EnsureTableAsync(string tableId, Table table, CancellationToken cancellationToken) => EnsureAsync(
        $"table {_datasetId}.{tableId}",
        ct => _client.GetTableAsync(_datasetId, tableId, cancellationToken: ct),
        ct => _client.CreateTableAsync(_datasetId, tableId, table, cancellationToken: ct),
        cancellationToken);

    private Task FindDatasetAsync(CancellationToken cancellationToken) =>
        _client.GetDatasetAsync(_datasetId, cancellationToken: cancellationToken);

    private Task MakeDatasetAsync(CancellationToken cancellationToken) =>
        _client.CreateDatasetAsync(_datasetId, new Dataset { Location = _settings.Get(PipelineSetting.DatasetLocation) }, cancellationToken: cancellationToken);

    private async Task EnsureAsync(string what, Func<CancellationToken, Task> find, Func<CancellationToken, Task> make, CancellationToken cancellationToken)
    {
        try
        {
            if (await _retry.ExecuteAsync(_retry.StartDeadline(BigQueryRetry.InsertLimit), ct => UnlessAsync(HttpStatusCode.NotFound, () => find(ct)), cancellationToken))
            {
                return;
            }

            if (!_settings.Get(PipelineSetting.CreateTables))
            {
                throw new TableSetupException($"The {what} is missing. Run deploy/up.sh, or set Pixel__CreateTables=true.");
            }

            if (await _retry.ExecuteAsync(_retry.StartDeadline(BigQueryRetry.InsertLimit), ct => UnlessAsync(HttpStatusCode.Conflict, () => make(ct)), cancellationToken))
            {
                _logger.LogInformation("Made the {What}", what);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && BigQueryFailure.Classify(e) is { } kind)
        {
            throw new TableSetupException($"The {what} cannot be {(kind == FailureKind.Transient ? "reached" : "used")}: {BigQueryFailure.MessageOf(e)}", e);
        }
    }

    private static async Task<bool> UnlessAsync(HttpStatusCode status, Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == status)
        {
            return false;
        }
    }

    private Table BaseTable()
    {
        var table = new Table { Schema = BigQueryRows.ToTableSchema(_schema.Columns) };
        if (_layout is TableLayout.Partitioned)
        {
            table.TimePartitioning = new TimePartitioning { Type = "DAY", Field = "event_time" };
            string[] clustered = [.. ((string[])["user_id", "type"]).Where(c => _schema.IndexOf(c) >= 0)];
            table.Clustering = clustered.Length > 0 ? new Clustering { Fields = clustered } : null;
        }

        return table;
    }

    private Table RejectedTable() => new()
    {
        Schema = BigQueryRows.ToTableSchema(RejectedEntries.Columns),
        TimePartitioning = new TimePartitioning
        {
            Type = "DAY",
            Field = "rejected_time",
            ExpirationMs = (long)TimeSpan.FromDays(_settings.Get(PipelineSetting.RejectedRetentionDays)).TotalMilliseconds,
        },
    };
}
