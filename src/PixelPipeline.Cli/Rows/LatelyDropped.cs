using System.Globalization;
using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Local;

namespace PixelPipeline.Cli.Rows;

/// <summary>How many entries became no rows in the last minutes: a pixel answers 200 whatever it is asked, so only this tells.</summary>
/// <param name="client">Speaks to BigQuery.</param>
/// <param name="rejectedTable">The table of rejected entries; it need not be there.</param>
/// <param name="data">The data folder of the pipeline on this machine; null for one in Google Cloud, where ignored entries are only counted by its metrics.</param>
internal sealed class LatelyDropped(BigQueryClient client, TableReference rejectedTable, DataFolder? data)
{
    private const int MostRows = 1_000;

    /// <summary>One line for people, or null where there is nothing to tell.</summary>
    public async Task<string?> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rejected = await RejectedAsync(now, cancellationToken);
        var ignored = data is null ? 0 : DroppedEntries.IgnoredLately(data, now);
        string[] parts =
        [
            .. ignored > 0 ? (string[])[Text($"{ignored:N0} ignored")] : [],
            .. rejected > 0 ? (string[])[Text($"{(rejected == MostRows ? "at least " : "")}{rejected:N0} rejected, see `pixel rejected`")] : [],
        ];
        return parts.Length == 0 ? null : Text($"In the last {DroppedEntries.Lately.TotalMinutes:0} minutes: {string.Join("; ", parts)}.");
    }

    private async Task<int> RejectedAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var newest = await new RowTail(client, rejectedTable).ReadAsync(MostRows, cancellationToken);
            return newest.Count(row => row["reason"] is not Writing.RejectedEntries.ResolvedReason && row.Time > (now - DroppedEntries.Lately).UtcDateTime);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return 0; // nothing was ever rejected
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
