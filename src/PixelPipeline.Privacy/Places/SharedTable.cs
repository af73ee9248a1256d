using System.Net;
using System.Runtime.CompilerServices;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.Privacy.Places;

/// <summary>A table that holds rows of many users, such as that of all events: rows are deleted partition by partition.</summary>
/// <param name="client">Speaks to BigQuery.</param>
/// <param name="table">Which one; it may be gone meanwhile.</param>
/// <param name="time">Tells the time.</param>
public sealed class SharedTable(BigQueryClient client, TableReference table, TimeProvider time) : Place
{
    /// <inheritdoc/>
    public override string Name => $"table {table.TableId}";

    /// <inheritdoc/>
    public override string Containers => "partitions";

    /// <inheritdoc/>
    public override async Task<Holding> SearchAsync(Person person, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } found)
        {
            return default;
        }

        var days = await new PersonSql(client, found, person).DaysAsync(cancellationToken);
        var rows = days.Sum(d => d.Rows);
        var bytesPerRow = found.NumRows > 0 ? (found.NumBytes ?? 0) / (double)found.NumRows : 0;
        return new Holding(rows, (long)(rows * bytesPerRow), days.Count);
    }

    /// <inheritdoc/>
    public override async Task<Remainder?> ForgetAsync(Person person, IBlankingJournal blanking, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } found)
        {
            return null;
        }

        var sql = new PersonSql(client, found, person);
        var left = 0L;
        foreach (var (day, rows) in await sql.DaysAsync(cancellationToken))
        {
            left += await sql.DeleteAsync(day, cancellationToken) ? 0 : rows;
        }

        return left == 0 ? null : StreamingBuffers.Of(left, time);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<HeldRecord> ReadAsync(Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } found)
        {
            yield break;
        }

        await foreach (var row in new PersonSql(client, found, person).ReadAsync(cancellationToken))
        {
            yield return EventRecord.Of(row);
        }
    }

    private async Task<Table?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetTableAsync(table, cancellationToken: cancellationToken)).Resource;
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
