using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Forgetting;

namespace PixelPipeline.Privacy.Places;

/// <summary>
/// The table of rejected entries. Whom an entry is about is read of its bytes, which are listed: listing costs nothing. A row
/// that says that an entry was resolved names the person's table, and goes with the entry.
/// </summary>
/// <param name="client">Speaks to BigQuery.</param>
/// <param name="table">Which one; it need not be there.</param>
/// <param name="isOwn">Whether a table of this name is the person's alone.</param>
/// <param name="time">Tells the time.</param>
public sealed class RejectedEntriesTable(BigQueryClient client, TableReference table, Func<string, Person, bool> isOwn, TimeProvider time) : Place
{
    private const int IdsAtOnce = 5_000;
    private const string Time = "rejected_time";

    /// <inheritdoc/>
    public override string Name => $"rejected entries ({table.TableId})";

    /// <inheritdoc/>
    public override string Containers => "partitions";

    /// <inheritdoc/>
    public override async Task<Holding> SearchAsync(Person person, CancellationToken cancellationToken)
    {
        var (bytes, ids, rows) = (0L, new HashSet<DateOnly>(), 0L);
        await foreach (var row in FindAsync(person, cancellationToken))
        {
            rows++;
            bytes += (row["entry"] as byte[])?.Length ?? 0;
            ids.Add(DayOf(row));
        }

        return new Holding(rows, bytes, ids.Count);
    }

    /// <inheritdoc/>
    public override async Task<Remainder?> ForgetAsync(Person person, IBlankingJournal blanking, CancellationToken cancellationToken)
    {
        var found = new List<(DateOnly Day, string Id)>();
        await foreach (var row in FindAsync(person, cancellationToken))
        {
            found.Add((DayOf(row), (string)row["event_id"]));
        }

        var left = 0L;
        foreach (var day in found.GroupBy(f => f.Day))
        {
            foreach (var ids in day.Select(f => f.Id).Distinct().Chunk(IdsAtOnce))
            {
                List<BigQueryParameter> parameters = [new BigQueryParameter("ids", BigQueryDbType.Array, ids)];
                var condition = $"event_id IN UNNEST(@ids) AND {PersonSql.Within(Time, day.Key, parameters)}";
                left += await PersonSql.DeleteAsync(client, PersonSql.NameOf(table), condition, parameters, cancellationToken) ? 0 : ids.Length;
            }
        }

        return left == 0 ? null : StreamingBuffers.Of(left, time);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<HeldRecord> ReadAsync(Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in FindAsync(person, cancellationToken))
        {
            yield return new HeldRecord(HeldRecord.Rejected, $"{row["event_id"]} {row["reason"]} {row[Time]:O}", [.. EventRecord.FieldsOf(row).Select(AsText)]);
        }
    }

    // The entry is text nearly always, and who asks for it wants to read it.
    private static KeyValuePair<string, object?> AsText(KeyValuePair<string, object?> field) =>
        field.Value is byte[] entry ? KeyValuePair.Create(field.Key, (object?)Encoding.UTF8.GetString(entry)) : field;

    private static DateOnly DayOf(BigQueryRow row) => DateOnly.FromDateTime((DateTime)row[Time]);

    private async IAsyncEnumerable<BigQueryRow> FindAsync(Person person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BigQueryTable found;
        try
        {
            found = await client.GetTableAsync(table, cancellationToken: cancellationToken);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            yield break; // nothing was ever rejected
        }

        await foreach (var row in client.ListRowsAsync(found.Reference, found.Schema).WithCancellation(cancellationToken))
        {
            if (row["entry"] is byte[] entry ? person.IsAmong(UserNames.InEntry(entry)) : NamesTable(row["message"] as string, person))
            {
                yield return row;
            }
        }
    }

    // "Written to pixel_alice_20261120".
    private bool NamesTable(string? message, Person person) => message is not null && isOwn(message[(message.LastIndexOf(' ') + 1)..], person);
}
