using System.Net;
using System.Net.Sockets;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Doctor;

/// <summary>The hop before the last: the tables are there, with the columns of the schema file.</summary>
internal sealed class BigQueryTables
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CommandPipeline _pipeline;
    private readonly Remedies _remedies;

    public BigQueryTables(CommandPipeline pipeline, Remedies remedies)
    {
        _pipeline = pipeline;
        _remedies = remedies;
    }

    public Task<Finding> LookAsync(MarkedHit hit, CancellationToken cancellationToken) => AskAsync(
        async ct =>
        {
            foreach (var id in (string[])[_pipeline.Layout.BaseTable, AllEventsId, _pipeline.Layout.RejectedTable.Id])
            {
                if (await FindAsync(id, ct) is null)
                {
                    return new Finding.Broken($"the table {_pipeline.DatasetId}.{id} is missing", _remedies.NoTable);
                }
            }

            return await CompareAsync(hit, ct);
        },
        cancellationToken);

    /// <summary>Asks BigQuery something; where it does not answer, that is the finding.</summary>
    public async Task<Finding> AskAsync(Func<CancellationToken, Task<Finding>> question, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await question(limit.Token);
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return new Finding.Broken($"BigQuery does not answer: {e.Message}", _remedies.NoBigQuery); // nobody listens: waiting does not help
        }
        catch (HttpRequestException e)
        {
            return new Finding.NotYet($"BigQuery does not answer: {e.Message}", _remedies.NoBigQuery);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding.NotYet($"BigQuery does not answer within {Patience.TotalSeconds} s", _remedies.NoBigQuery);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode >= HttpStatusCode.InternalServerError)
        {
            return new Finding.NotYet($"BigQuery is in trouble: {e.Error?.Message ?? e.Message}", _remedies.NoBigQuery);
        }
        catch (GoogleApiException e)
        {
            return new Finding.Broken($"BigQuery refuses: {e.Error?.Message ?? e.Message}", _remedies.NoBigQuery);
        }
    }

    /// <summary>A table, or null where there is none.</summary>
    public async Task<BigQueryTable?> FindAsync(string tableId, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.Client.GetTableAsync(_pipeline.DatasetId, tableId, cancellationToken: cancellationToken);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The base table, and the event tables of today that are there already: these keep the columns that they were made with.</summary>
    private async Task<Finding> CompareAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        foreach (var id in hit.TablesAt(hit.SentAt).Select(t => t.Id).Prepend(AllEventsId).Prepend(_pipeline.Layout.BaseTable).Distinct())
        {
            if (await FindAsync(id, cancellationToken) is { } table && Difference(table.Schema) is { } difference)
            {
                return new Finding.Broken($"{difference} in {_pipeline.DatasetId}.{id}", _remedies.OtherColumns(id));
            }
        }

        return new Finding.Passed($"{_pipeline.DatasetId}.{_pipeline.Layout.BaseTable} has the columns of the schema");
    }

    /// <summary>What keeps rows of the schema out of a table; null for nothing.</summary>
    private string AllEventsId => (_pipeline.Layout.AllEvents ?? new(_pipeline.Layout.BaseTable)).Id;

    private string? Difference(TableSchema table)
    {
        var difference = SchemaDifference.Between(_pipeline.Schema.Columns, table);
        return difference.Conflict ?? (difference.Missing is [var missing, ..] ? $"the column {missing.Name} of the schema is missing" : null);
    }
}
