using System.Globalization;
using System.Runtime.CompilerServices;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Forgetting;

namespace PixelPipeline.Privacy.Places;

/// <summary>Statements about one person's rows in a table that has a column <c>user_id</c>.</summary>
/// <param name="client">Speaks to BigQuery.</param>
/// <param name="table">The table, with its schema.</param>
/// <param name="person">Whose rows.</param>
internal sealed class PersonSql(BigQueryClient client, Table table, Person person)
{
    private const string InBuffer = "streaming buffer";

    private readonly TableFieldSchema? _column = table.Schema?.Fields.FirstOrDefault(f => f.Name == UserNames.Attribute);

    /// <summary>Whether any row of the table can be the person's: not without the column, or where it holds numbers and the id is none.</summary>
    public bool CanHold => _column is not null && (!IsInteger || person.Number is not null);

    /// <summary>The table in backquotes.</summary>
    public string Table => NameOf(table.TableReference);

    /// <summary>The column that the table is partitioned by; null where it is not.</summary>
    public string? PartitionColumn => table.TimePartitioning?.Field;

    private bool IsInteger => _column!.Type is "INTEGER" or "INT64";

    private BigQueryParameter User => IsInteger
        ? new BigQueryParameter("user", BigQueryDbType.Int64, person.Number)
        : new BigQueryParameter("user", BigQueryDbType.String, person.Id);

    /// <summary>The days that the person has rows of, and how many; null stands for rows without a day, and for all of a table without partitions.</summary>
    public async Task<IReadOnlyList<(DateOnly? Day, long Rows)>> DaysAsync(CancellationToken cancellationToken)
    {
        if (!CanHold)
        {
            return [];
        }

        var day = PartitionColumn is { } column ? $"FORMAT_TIMESTAMP('%Y-%m-%d', {column})" : "CAST(NULL AS STRING)";
        var found = await client.ExecuteQueryAsync(
            $"SELECT {day} AS day, COUNT(*) AS n FROM {Table} WHERE {UserNames.Attribute} = @user GROUP BY day ORDER BY day", [User], cancellationToken: cancellationToken);
        return [.. found.Select(row => (DayOf(row["day"]), (long)row["n"])).Where(d => d.Item2 > 0)];
    }

    /// <summary>The person's rows.</summary>
    public async IAsyncEnumerable<BigQueryRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!CanHold)
        {
            yield break;
        }

        var found = await client.ExecuteQueryAsync($"SELECT * FROM {Table} WHERE {UserNames.Attribute} = @user", [User], cancellationToken: cancellationToken);
        await foreach (var row in found.GetRowsAsync().WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }

    /// <summary>Deletes the person's rows of one day, or those that <see cref="DaysAsync"/> has under null.</summary>
    /// <returns>False where BigQuery does not take it yet, since rows are in its streaming buffer.</returns>
    public Task<bool> DeleteAsync(DateOnly? day, CancellationToken cancellationToken)
    {
        List<BigQueryParameter> parameters = [User];
        var condition = $"{UserNames.Attribute} = @user";
        if (PartitionColumn is { } column)
        {
            condition += day is null ? $" AND {column} IS NULL" : $" AND {Within(column, day.Value, parameters)}";
        }

        return DeleteAsync(client, Table, condition, parameters, cancellationToken);
    }

    /// <summary>A condition for one day, UTC, with its parameters.</summary>
    public static string Within(string column, DateOnly day, List<BigQueryParameter> parameters)
    {
        var from = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        parameters.Add(new BigQueryParameter("from", BigQueryDbType.Timestamp, from));
        parameters.Add(new BigQueryParameter("to", BigQueryDbType.Timestamp, from.AddDays(1)));
        return $"{column} >= @from AND {column} < @to";
    }

    /// <summary>Deletes rows.</summary>
    /// <returns>False where BigQuery does not take it yet, since rows are in its streaming buffer.</returns>
    public static async Task<bool> DeleteAsync(BigQueryClient client, string table, string condition, IEnumerable<BigQueryParameter> parameters, CancellationToken cancellationToken)
    {
        try
        {
            var done = await client.ExecuteQueryAsync($"DELETE FROM {table} WHERE {condition}", parameters, cancellationToken: cancellationToken);
            done.ThrowOnAnyError();
            return true;
        }
        catch (GoogleApiException e) when (e.Message.Contains(InBuffer, StringComparison.OrdinalIgnoreCase) || e.Error?.Message?.Contains(InBuffer, StringComparison.OrdinalIgnoreCase) == true)
        {
            return false;
        }
    }

    /// <summary>A table in backquotes, which no id has.</summary>
    public static string NameOf(TableReference table) => $"`{table.ProjectId}.{table.DatasetId}.{table.TableId}`";

    private static DateOnly? DayOf(object? text) => text is string day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}
