using System.Net;
using System.Net.Sockets;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Doctor;

/// <summary>The hop before the last: the tables are there, with the columns of the schema file.</summary>
internal sealed class BigQueryTables
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CommandPipeline _pipeline;
    private readonly Remedies _remedies;
    private readonly Func<CancellationToken, Task<TableLayout>> _layoutOfTables;

    /// <summary>Looks at the tables of a pipeline.</summary>
    /// <param name="pipeline">Its client, dataset and schema.</param>
    /// <param name="remedies">What to mend.</param>
    /// <param name="layoutOfTables">Asks the tables for their layout; throws <see cref="CommandException"/> where the options contradict it.</param>
    public BigQueryTables(CommandPipeline pipeline, Remedies remedies, Func<CancellationToken, Task<TableLayout>> layoutOfTables)
    {
        _pipeline = pipeline;
        _remedies = remedies;
        _layoutOfTables = layoutOfTables;
        Layout = pipeline.Layout;
    }

    /// <summary>The layout: what the options say, and once it was looked, what the tables do.</summary>
    public TableLayout Layout { get; private set; }

    public Task<Finding> LookAsync(MarkedHit hit, CancellationToken cancellationToken) => AskAsync(
        async ct =>
        {
            Layout = await _layoutOfTables(ct);
            hit.GoTo(Layout);
            foreach (var id in (string[])[Layout.BaseTable, AllEventsId, Layout.RejectedTable.Id])
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
        catch (CommandException e)
        {
            return new Finding.Broken(e.Message, "leave --layout and --table-suffix out: the tables say what they are");
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

    /// <summary>
    /// The tables that a start gives missing columns, and those of today's hit that are there already: these get theirs
    /// with the first row that has them, so that only what cannot be changed counts.
    /// </summary>
    private async Task<Finding> CompareAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        string[] changedAtTheStart = [Layout.BaseTable, AllEventsId];
        foreach (var id in changedAtTheStart.Concat(hit.TablesAt(hit.SentAt).Select(t => t.Id)).Distinct())
        {
            if (await FindAsync(id, cancellationToken) is { } table && Difference(table.Schema, isGrown: !changedAtTheStart.Contains(id)) is { } difference)
            {
                return new Finding.Broken($"{difference} in {_pipeline.DatasetId}.{id}", _remedies.OtherColumns(id));
            }
        }

        return new Finding.Passed($"{_pipeline.DatasetId}.{Layout.BaseTable} has the columns of the schema");
    }

    private string AllEventsId => (Layout.AllEvents ?? new(Layout.BaseTable)).Id;

    /// <summary>What keeps rows of the schema out of a table; null for nothing.</summary>
    private string? Difference(TableSchema table, bool isGrown)
    {
        var difference = SchemaDifference.Between(_pipeline.Schema.Columns, table);
        return difference.Conflict is { } conflict ? $"{conflict}," : (!isGrown && difference.Missing is [var missing, ..] ? $"the column {missing.Name} of the schema is missing" : null);
    }
}
