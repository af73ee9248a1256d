using System.Net;
using System.Text.RegularExpressions;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.Tables;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// Makes the views of <c>deploy/sql</c>, or brings them up to date: <c>events</c>, <c>daily_counts</c>,
/// <c>user_activity</c> and <c>rejections</c>, for the layout in use.
/// </summary>
public sealed partial class ViewSetup
{
    private readonly BigQueryClient _client;
    private readonly string _datasetId;
    private readonly TableLayout _layout;

    /// <summary>The views of one dataset; nothing is asked of BigQuery yet.</summary>
    /// <param name="client">As <see cref="BigQueryEndpoint.CreateClient"/> makes it.</param>
    /// <param name="datasetId">The dataset of tables and views.</param>
    /// <param name="layout">The tables' names and kind.</param>
    public ViewSetup(BigQueryClient client, string datasetId, TableLayout layout)
    {
        _client = client;
        _datasetId = datasetId;
        _layout = layout;
    }

    /// <summary>The views' names, each before those that read it.</summary>
    public static IReadOnlyList<string> Names { get; } = ["events", "daily_counts", "user_activity", "rejections"];

    /// <summary>Makes or renews the views, once there is a table to look at.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False where the template layout has no event table yet: a wildcard over nothing is an error.</returns>
    /// <exception cref="GoogleApiException">BigQuery refuses.</exception>
    public async Task<bool> TryEnsureAsync(CancellationToken cancellationToken)
    {
        if (!await HasTableAsync(cancellationToken))
        {
            return false;
        }

        var columns = await ColumnsAsync(cancellationToken);
        foreach (var name in Names)
        {
            await EnsureAsync(name, columns, cancellationToken);
        }

        return true;
    }

    /// <summary>Likewise, and warns where BigQuery refuses, as it does of a wildcard over more than 1,000 tables.</summary>
    /// <param name="logger">Told why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False where the template layout has no event table yet.</returns>
    public async Task<bool> TryEnsureAsync(ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            return await TryEnsureAsync(cancellationToken);
        }
        catch (GoogleApiException e)
        {
            logger.LogWarning("The views of deploy/sql cannot be made: {Message}", e.Error?.Message ?? e.Message);
            return true;
        }
    }

    private async Task<bool> HasTableAsync(CancellationToken cancellationToken)
    {
        if (_layout.AllEvents is not null)
        {
            return true; // made at the start
        }

        await foreach (var table in _client.ListTablesAsync(_datasetId).WithCancellation(cancellationToken))
        {
            if (TableName.IsInstance(table.Reference.TableId, _layout.BaseTable))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<IReadOnlySet<string>> ColumnsAsync(CancellationToken cancellationToken)
    {
        var table = await _client.GetTableAsync(_datasetId, _layout.BaseTable, cancellationToken: cancellationToken);
        return table.Schema.Fields.Select(f => f.Name).ToHashSet();
    }

    private async Task EnsureAsync(string name, IReadOnlySet<string> columns, CancellationToken cancellationToken)
    {
        var view = new Table { View = new ViewDefinition { Query = Keep(await ReadAsync(name), columns), UseLegacySql = false } };
        try
        {
            await _client.CreateTableAsync(_datasetId, name, view, cancellationToken: cancellationToken);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.Conflict)
        {
            await _client.PatchTableAsync(_datasetId, name, view, cancellationToken: cancellationToken);
        }
    }

    // A line that ends with "-- needs NAME" is left out where the events have no such column.
    private static string Keep(string sql, IReadOnlySet<string> columns) =>
        string.Join('\n', sql.ReplaceLineEndings("\n").Split('\n').Where(line => !(NeededColumn().Match(line) is { Success: true } needs) || columns.Contains(needs.Groups[1].Value)));

    [GeneratedRegex("-- needs ([A-Za-z0-9_]+)$")]
    private static partial Regex NeededColumn();

    private async Task<string> ReadAsync(string name)
    {
        var resource = name != "events" ? name : _layout.AllEvents is null ? "template/events" : "partitioned/events";
        using var stream = typeof(ViewSetup).Assembly.GetManifestResourceStream($"sql/{resource}.sql")!;
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync())
            .Replace("${PROJECT}", _client.ProjectId, StringComparison.Ordinal)
            .Replace("${DATASET}", _datasetId, StringComparison.Ordinal)
            .Replace("${EVENTS}", _layout.AllEvents?.Id, StringComparison.Ordinal)
            .Replace("${TABLE}", _layout.BaseTable, StringComparison.Ordinal);
    }
}
