using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Forgetting;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Tables;

namespace PixelPipeline.Privacy.Places;

/// <summary>Where the tables of one base table hold data about a person.</summary>
/// <param name="client">Speaks to BigQuery.</param>
/// <param name="inventory">The tables that there are.</param>
/// <param name="datasetId">Their dataset.</param>
/// <param name="layout">What their names are made of.</param>
/// <param name="time">Tells the time.</param>
public sealed class EventPlaces(BigQueryClient client, TableInventory inventory, string datasetId, TableLayout layout, TimeProvider time)
{
    private static readonly string UserInSuffix = "{" + UserNames.Attribute + "}";

    /// <summary>The places: the person's own tables, each table that several people share, and the rejected entries. A table of another person alone is none.</summary>
    public async Task<IReadOnlyList<Place>> FindAsync(Person person, CancellationToken cancellationToken)
    {
        var places = new List<Place>();
        var suffix = (await inventory.FindLayoutAsync(cancellationToken))?.Suffix ?? SuffixPattern.Default;
        var namesUsers = suffix.Contains(UserInSuffix, StringComparison.Ordinal);
        await foreach (var table in inventory.ListAsync(cancellationToken))
        {
            if (table.User is null || !namesUsers)
            {
                places.Add(new SharedTable(client, table.Reference, time));
            }
        }

        if (namesUsers)
        {
            places.Add(new OwnTables(client, layout.BaseTable, ct => OwnAsync(person, ct)));
        }

        places.Add(new RejectedEntriesTable(client, client.GetTableReference(datasetId, layout.RejectedTable.Id), IsOwn, time));
        return places;

        bool IsOwn(string id, Person whose) =>
            namesUsers && TableName.IsInstance(id, layout.BaseTable) && new SuffixReader(suffix).TryRead(id[layout.BaseTable.Length..], out var user, out _) && user == whose.Spelling;
    }

    private async Task<IReadOnlyList<TableReference>> OwnAsync(Person person, CancellationToken cancellationToken)
    {
        var own = new List<TableReference>();
        await foreach (var table in inventory.ListAsync(cancellationToken))
        {
            if (table.User == person.Spelling)
            {
                own.Add(table.Reference);
            }
        }

        return own;
    }
}
