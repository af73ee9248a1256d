using System.Globalization;
using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Tables;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// What a base table says of its layout: the name as the label <c>pixel_layout</c>, and the suffix pattern, whose braces
/// no label takes, in the description.
/// </summary>
/// <param name="Layout">The layout.</param>
/// <param name="Suffix">The suffix pattern; null where the table does not say.</param>
/// <param name="IsWritten">False where the layout is guessed from the tables that there are: they are of before the label.</param>
/// <param name="EventsDays">How many days events are kept, as the label <c>pixel_events_days</c> says; 0 for no end, and where it says nothing.</param>
/// <seealso href="https://cloud.google.com/bigquery/docs/labels-intro#requirements"/>
public sealed record LayoutRecord(LayoutName Layout, string? Suffix, bool IsWritten, int EventsDays = 0)
{
    private const string Label = "pixel_layout";
    private const string DaysLabel = "pixel_events_days";
    private const string Before = "PixelPipeline: tables by suffix ";
    private const string After = ". Its label and this line change by pixel migrate only.";

    /// <summary>What a base table says, or what its dataset shows.</summary>
    /// <param name="client">The dataset's project.</param>
    /// <param name="datasetId">The dataset.</param>
    /// <param name="baseTable">The base table's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where there is no base table, or one that says nothing and has no table for a user and day yet.</returns>
    /// <exception cref="GoogleApiException">BigQuery refuses.</exception>
    public static async Task<LayoutRecord?> FindAsync(BigQueryClient client, string datasetId, string baseTable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            var table = await client.GetTableAsync(datasetId, baseTable, cancellationToken: cancellationToken);
            return await OfAsync(client, table.Resource, datasetId, baseTable, cancellationToken);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>What this base table says, or what its dataset shows: <see cref="FindAsync"/>.</summary>
    internal static async Task<LayoutRecord?> OfAsync(BigQueryClient client, Table table, string datasetId, string baseTable, CancellationToken cancellationToken)
    {
        if (table.Labels?.TryGetValue(Label, out var name) == true && Enum.TryParse<LayoutName>(name, ignoreCase: true, out var layout))
        {
            return new LayoutRecord(layout, SuffixIn(table.Description), IsWritten: true, DaysIn(table));
        }

        return table.TimePartitioning is not null ? new LayoutRecord(LayoutName.Partitioned, null, IsWritten: false)
            : await HasInstanceAsync(client, datasetId, baseTable, cancellationToken) ? new LayoutRecord(LayoutName.Template, null, IsWritten: false)
            : null;
    }

    /// <summary>The record of a layout.</summary>
    public static LayoutRecord Of(TableLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new LayoutRecord(layout.Name, layout.Suffix?.Pattern, IsWritten: true);
    }

    /// <summary>Whether a layout is another than this, in name or suffix.</summary>
    public bool Contradicts(TableLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.Name != Layout || (Suffix is not null && layout.Suffix is { } suffix && suffix.Pattern != Suffix);
    }

    /// <summary>In words: <c>template, by suffix _{user_id}_{date:yyyyMMdd}</c>.</summary>
    public override string ToString() => Layout.ToString().ToLowerInvariant() + (Suffix is null ? "" : $", by suffix {Suffix}");

    /// <summary>Writes it on the resource of a base table, which keeps its other labels.</summary>
    internal void WriteOn(Table table)
    {
        table.Labels = new Dictionary<string, string>(table.Labels ?? new Dictionary<string, string>()) { [Label] = Layout.ToString().ToLowerInvariant() };
        table.Description = Suffix is null ? table.Description : Before + Suffix + After;
    }

    /// <summary>Writes on the resource of a base table how many days events are kept; other labels stay.</summary>
    internal static void WriteDaysOn(Table table, int days) =>
        table.Labels = new Dictionary<string, string>(table.Labels ?? new Dictionary<string, string>()) { [DaysLabel] = days.ToString(CultureInfo.InvariantCulture) };

    /// <summary>How many days events are kept, as a base table says.</summary>
    internal static int DaysIn(Table table) =>
        table.Labels?.TryGetValue(DaysLabel, out var text) == true && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : 0;

    private static string? SuffixIn(string? description) =>
        description is not null && description.StartsWith(Before, StringComparison.Ordinal) && description.EndsWith(After, StringComparison.Ordinal)
            ? description[Before.Length..^After.Length]
            : null;

    private static async Task<bool> HasInstanceAsync(BigQueryClient client, string datasetId, string baseTable, CancellationToken cancellationToken)
    {
        await foreach (var table in client.ListTablesAsync(datasetId).WithCancellation(cancellationToken))
        {
            if (table.Resource.Type == "TABLE" && TableName.IsInstance(table.Reference.TableId, baseTable))
            {
                return true;
            }
        }

        return false;
    }
}
