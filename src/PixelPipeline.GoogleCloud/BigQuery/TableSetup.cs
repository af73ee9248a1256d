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

    /// <summary>The tables of one dataset; nothing is asked of BigQuery yet.</summary>
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

    /// <summary>
    /// Looks for what must be there and makes what is missing: the dataset, tables, and columns that the schema has and
    /// a table lacks. The base table gets the record of its layout.
    /// </summary>
    /// <exception cref="TableSetupException">
    /// It cannot be had, a column cannot be changed, or the tables are of another layout; the message says what to mend.
    /// </exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await EnsureDatasetAsync(cancellationToken);
        await EnsureBaseTableAsync(cancellationToken);
        if (_layout.AllEvents is { } all && all.Id != _layout.BaseTable)
        {
            await EnsureTableAsync(all.Id, OneTable(), _schema.Columns, cancellationToken);
        }

        await EnsureTableAsync(_layout.RejectedTable.Id, RejectedTable(), columns: null, cancellationToken);
        if (_settings.Get(PipelineSetting.CreateTables)) // else deployment does
        {
            await CallAsync($"tables of {_datasetId}", () => EnsureRetentionAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>Makes the table of all events where it is missing, whatever layout the base table says.</summary>
    /// <exception cref="TableSetupException">It cannot be had.</exception>
    public Task EnsureAllEventsAsync(CancellationToken cancellationToken) =>
        EnsureTableAsync(_layout.AllEvents!.Value.Id, OneTable(), _schema.Columns, cancellationToken);

    /// <summary>Writes the layout on the base table, whatever it says.</summary>
    /// <exception cref="TableSetupException">It cannot be written.</exception>
    public Task RecordAsync(CancellationToken cancellationToken) => CallAsync(
        $"table {_datasetId}.{_layout.BaseTable}",
        async () => await RecordOnAsync((await _client.GetTableAsync(_datasetId, _layout.BaseTable, cancellationToken: cancellationToken)).Resource, cancellationToken),
        cancellationToken);

    /// <summary>
    /// Makes the base table anew where it is not of the layout's kind: BigQuery can neither partition a table that there
    /// is nor end that. It has to hold nothing that is not kept elsewhere.
    /// </summary>
    /// <exception cref="TableSetupException">It cannot be made.</exception>
    public async Task RemakeBaseTableAsync(CancellationToken cancellationToken)
    {
        var days = 0;
        await CallAsync($"table {_datasetId}.{_layout.BaseTable}", async () =>
        {
            var there = await TryAsync(HttpStatusCode.NotFound, ct => _client.GetTableAsync(_datasetId, _layout.BaseTable, cancellationToken: ct), cancellationToken);
            days = there is null ? 0 : LayoutRecord.DaysIn(there.Resource);
            if (there is not null && there.Resource.TimePartitioning is not null != _layout.Suffix is null)
            {
                await _client.DeleteTableAsync(_datasetId, _layout.BaseTable, cancellationToken: cancellationToken);
            }
        }, cancellationToken);
        if (await EnsureTableAsync(_layout.BaseTable, BaseTable(days), _schema.Columns, cancellationToken) is not null)
        {
            await RecordAsync(cancellationToken);
        }
    }

    private Task EnsureDatasetAsync(CancellationToken cancellationToken)
    {
        var what = $"dataset {_datasetId}";
        return CallAsync(what, async () =>
        {
            if (await TryAsync(HttpStatusCode.NotFound, ct => _client.GetDatasetAsync(_datasetId, cancellationToken: ct), cancellationToken) is null)
            {
                var dataset = new Dataset { Location = _settings.Get(PipelineSetting.DatasetLocation) };
                await MakeAsync(what, ct => _client.CreateDatasetAsync(_datasetId, dataset, cancellationToken: ct), cancellationToken);
            }
        }, cancellationToken);
    }

    private async Task EnsureBaseTableAsync(CancellationToken cancellationToken)
    {
        var there = await EnsureTableAsync(_layout.BaseTable, BaseTable(), _schema.Columns, cancellationToken);
        if (there is not null)
        {
            await CallAsync($"table {_datasetId}.{_layout.BaseTable}", () => RecordAsync(there, cancellationToken), cancellationToken);
        }
    }

    // A table of before the record that fits the layout gets it; one of another layout is not written to.
    private async Task RecordAsync(Table there, CancellationToken cancellationToken)
    {
        var record = await LayoutRecord.OfAsync(_client, there, _datasetId, _layout.BaseTable, cancellationToken);
        record ??= _layout.Suffix is null ? new LayoutRecord(LayoutName.Template, null, IsWritten: false) : null; // an empty template has no partitions
        if (record?.Contradicts(_layout) == true)
        {
            throw new TableSetupException(
                $"The table {_datasetId}.{_layout.BaseTable} has the layout {record}, and {PipelineSetting.Layout.Variable} says {LayoutRecord.Of(_layout)}: "
                + $"set it to the table's, name another {PipelineSetting.Table.Variable}, or go over with pixel migrate.");
        }

        if (record is not { IsWritten: true })
        {
            await RecordOnAsync(there, cancellationToken);
        }
    }

    // The label comes last: a start that was broken off before is made good by the next.
    private async Task EnsureRetentionAsync(CancellationToken cancellationToken)
    {
        var days = _settings.Get(PipelineSetting.EventsDays);
        var there = (await _client.GetTableAsync(_datasetId, _layout.BaseTable, cancellationToken: cancellationToken)).Resource;
        var before = LayoutRecord.DaysIn(there);
        if (days == 0 && before == 0)
        {
            return; // ends that tables have are not ours
        }

        var changed = await new EventRetention(_client, _datasetId, _layout, TimeProvider.System).ApplyAsync(days, cancellationToken);
        if (days != before)
        {
            LayoutRecord.WriteDaysOn(there, days);
            await _client.PatchTableAsync(_datasetId, _layout.BaseTable, new Table { Labels = there.Labels }, cancellationToken: cancellationToken);
            _logger.LogInformation("Events are kept for {Days} days now; {Count} tables were changed", days, changed);
        }
    }

    private async Task RecordOnAsync(Table there, CancellationToken cancellationToken)
    {
        var change = new Table { Labels = there.Labels, Description = there.Description };
        LayoutRecord.Of(_layout).WriteOn(change);
        await _client.PatchTableAsync(_datasetId, _layout.BaseTable, change, cancellationToken: cancellationToken);
    }

    // The table that was there before; null where it is new.
    private async Task<Table?> EnsureTableAsync(string tableId, Table wanted, IReadOnlyList<Column>? columns, CancellationToken cancellationToken)
    {
        var what = $"table {_datasetId}.{tableId}";
        Table? there = null;
        await CallAsync(what, async () =>
        {
            there = (await TryAsync(HttpStatusCode.NotFound, ct => _client.GetTableAsync(_datasetId, tableId, cancellationToken: ct), cancellationToken))?.Resource;
            if (there is null)
            {
                await MakeAsync(what, ct => _client.CreateTableAsync(_datasetId, tableId, wanted, cancellationToken: ct), cancellationToken);
            }
            else if (columns is not null && there.Schema is not null)
            {
                await AddColumnsAsync(what, there, SchemaDifference.Between(columns, there.Schema), cancellationToken);
            }
        }, cancellationToken);
        return there;
    }

    private async Task AddColumnsAsync(string what, Table there, SchemaDifference difference, CancellationToken cancellationToken)
    {
        if (difference.Conflict is { } conflict)
        {
            throw new TableSetupException($"The {what} does not fit the schema: {conflict}. BigQuery cannot change that: choose another name for the column, or put the schema back.");
        }

        if (difference.Missing.Count > 0)
        {
            var change = new Table { Schema = difference.AddTo(there.Schema) };
            await _retry.ExecuteAsync(_retry.StartDeadline(BigQueryRetry.InsertLimit), ct => _client.PatchTableAsync(_datasetId, there.TableReference.TableId, change, cancellationToken: ct), cancellationToken);
            _logger.LogInformation("Added to the {What}: {Columns}", what, string.Join(", ", difference.Missing.Select(c => c.Name)));
        }
    }

    private async Task MakeAsync<T>(string what, Func<CancellationToken, Task<T>> make, CancellationToken cancellationToken)
        where T : class
    {
        if (!_settings.Get(PipelineSetting.CreateTables))
        {
            throw new TableSetupException($"The {what} is missing. Run deploy/up.sh, or set Pixel__CreateTables=true.");
        }

        if (await TryAsync(HttpStatusCode.Conflict, make, cancellationToken) is not null)
        {
            _logger.LogInformation("Made the {What}", what);
        }
    }

    private static async Task CallAsync(string what, Func<Task> call, CancellationToken cancellationToken)
    {
        try
        {
            await call();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && BigQueryFailure.Classify(e) is { } kind)
        {
            throw new TableSetupException($"The {what} cannot be {(kind == FailureKind.Transient ? "reached" : "used")}: {BigQueryFailure.MessageOf(e)}", e);
        }
    }

    // Null where the answer is this status.
    private Task<T?> TryAsync<T>(HttpStatusCode status, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class => _retry.ExecuteAsync<T?>(
        _retry.StartDeadline(BigQueryRetry.InsertLimit),
        async ct =>
        {
            try
            {
                return await call(ct);
            }
            catch (GoogleApiException e) when (e.HttpStatusCode == status)
            {
                return null;
            }
        },
        cancellationToken);

    private Table BaseTable(int eventsDays = 0)
    {
        var table = _layout.Suffix is null ? OneTable() : new Table { Schema = BigQueryRows.ToTableSchema(_schema.Columns) };
        LayoutRecord.Of(_layout).WriteOn(table);
        if (eventsDays > 0)
        {
            LayoutRecord.WriteDaysOn(table, eventsDays);
        }

        return table;
    }

    private Table OneTable()
    {
        string[] clustered = [.. ((string[])["user_id", "type"]).Where(c => _schema.IndexOf(c) >= 0)];
        return new Table
        {
            Schema = BigQueryRows.ToTableSchema(_schema.Columns),
            TimePartitioning = new TimePartitioning { Type = "DAY", Field = "event_time" },
            Clustering = clustered.Length > 0 ? new Clustering { Fields = clustered } : null,
        };
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
