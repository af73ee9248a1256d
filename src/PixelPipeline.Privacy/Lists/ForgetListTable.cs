using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Forgetting;

namespace PixelPipeline.Privacy.Lists;

/// <summary>
/// A forget list as the table <c>forgotten_pixel</c> beside the events, so that whoever imports or replays into them finds it. Key
/// and hash lie side by side: who may read them may read the events as well, and can only try ids out, as with those.
/// </summary>
/// <param name="client">Speaks to BigQuery.</param>
/// <param name="table">The table; it need not be there.</param>
public sealed class ForgetListTable(BigQueryClient client, TableReference table) : ForgetList
{
    private static readonly TableSchema Columns = new()
    {
        Fields =
        [
            new TableFieldSchema { Name = "key", Type = "BYTES", Mode = "REQUIRED", Description = "What the hash is keyed with" },
            new TableFieldSchema { Name = "user_hash", Type = "BYTES", Mode = "REQUIRED", Description = "HMAC-SHA-256 over the user id" },
            new TableFieldSchema { Name = "forgotten_time", Type = "TIMESTAMP", Mode = "REQUIRED", Description = "When the user was forgotten, UTC" },
        ],
    };

    /// <summary>The table's id beside a base table.</summary>
    public static string IdOf(string baseTable) => "forgotten_" + baseTable;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ForgottenUser>> LinesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lines = new List<ForgottenUser>();
            await foreach (var row in client.ListRowsAsync(table, Columns).WithCancellation(cancellationToken))
            {
                lines.Add(new ForgottenUser((byte[])row["key"], (byte[])row["user_hash"], (DateTime)row["forgotten_time"]));
            }

            return lines;
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return []; // nobody was ever forgotten
        }
        catch (Exception e) when (e is GoogleApiException or InvalidCastException)
        {
            throw new ForgetListException($"The forget list {table.DatasetId}.{table.TableId} cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    protected override async Task AppendAsync(ForgottenUser line, CancellationToken cancellationToken)
    {
        try
        {
            await EnsureAsync(cancellationToken);
            var done = await client.ExecuteQueryAsync(
                $"INSERT INTO `{table.ProjectId}.{table.DatasetId}.{table.TableId}` (key, user_hash, forgotten_time) VALUES (@key, @hash, @time)",
                [
                    new BigQueryParameter("key", BigQueryDbType.Bytes, line.Key.ToArray()),
                    new BigQueryParameter("hash", BigQueryDbType.Bytes, line.Hash.ToArray()),
                    new BigQueryParameter("time", BigQueryDbType.Timestamp, line.Time),
                ],
                cancellationToken: cancellationToken);
            done.ThrowOnAnyError();
        }
        catch (GoogleApiException e)
        {
            throw new ForgetListException($"The forget list {table.DatasetId}.{table.TableId} cannot be written: {e.Message}", e);
        }
    }

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateTableAsync(table, new Table { Schema = Columns }, cancellationToken: cancellationToken);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.Conflict)
        {
            // It is there.
        }
    }
}
