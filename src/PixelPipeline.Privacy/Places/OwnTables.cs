using System.Net;
using System.Runtime.CompilerServices;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.Privacy.Places;

/// <summary>The tables that are one person's alone, one for each day: they are deleted whole, rows in the streaming buffer with them.</summary>
/// <param name="client">Speaks to BigQuery.</param>
/// <param name="baseTable">The table that their names begin with.</param>
/// <param name="find">Finds them anew.</param>
public sealed class OwnTables(BigQueryClient client, string baseTable, Func<CancellationToken, Task<IReadOnlyList<TableReference>>> find) : Place
{
    private const int AtOnce = 4;

    /// <inheritdoc/>
    public override string Name => $"tables {baseTable}_… of this person alone";

    /// <inheritdoc/>
    public override string Containers => "tables";

    /// <inheritdoc/>
    public override async Task<Holding> SearchAsync(Person person, CancellationToken cancellationToken)
    {
        var (rows, bytes, tables) = (0L, 0L, 0);
        await ForEachAsync(async (table, ct) =>
        {
            var found = (await client.GetTableAsync(table, cancellationToken: ct)).Resource;
            var counted = await client.ExecuteQueryAsync($"SELECT COUNT(*) AS n FROM {PersonSql.NameOf(table)}", [], cancellationToken: ct); // numRows leaves out what is in the streaming buffer
            Interlocked.Add(ref rows, (long)counted.Single()["n"]);
            Interlocked.Add(ref bytes, found.NumBytes ?? 0);
            Interlocked.Increment(ref tables);
        }, cancellationToken);
        return new Holding(rows, bytes, tables);
    }

    /// <inheritdoc/>
    public override async Task<Remainder?> ForgetAsync(Person person, IBlankingJournal blanking, CancellationToken cancellationToken)
    {
        await ForEachAsync((table, ct) => client.DeleteTableAsync(table, cancellationToken: ct), cancellationToken);
        return null;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<HeldRecord> ReadAsync(Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var table in await find(cancellationToken))
        {
            var schema = (await client.GetTableAsync(table, cancellationToken: cancellationToken)).Schema;
            await foreach (var row in client.ListRowsAsync(table, schema).WithCancellation(cancellationToken))
            {
                yield return EventRecord.Of(row);
            }
        }
    }

    private async Task ForEachAsync(Func<TableReference, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(await find(cancellationToken), options, async (table, ct) =>
        {
            try
            {
                await act(table, ct);
            }
            catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
            {
                // It has expired since, or was deleted by a run before.
            }
        });
    }
}
