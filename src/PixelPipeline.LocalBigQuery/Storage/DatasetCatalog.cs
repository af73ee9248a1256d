namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>The statements on <c>datasets</c>. Resources are REST Dataset resources as JSON.</summary>
internal static class DatasetCatalog
{
    /// <summary>The dataset's resource, or null.</summary>
    public static string? Find(SqlSession session, string datasetId) => session.First(
        "SELECT resource FROM datasets WHERE dataset_id = $1", row => row.GetString(0), datasetId);

    /// <summary>Whether there is such a dataset.</summary>
    public static bool Exists(SqlSession session, string datasetId) => Find(session, datasetId) is not null;

    /// <summary>Up to <paramref name="limit"/> datasets after the id <paramref name="after"/>, in the order of their ids.</summary>
    public static List<(string Id, string Resource)> List(SqlSession session, string after, int limit) => session.All(
        "SELECT dataset_id, resource FROM datasets WHERE dataset_id > $1 ORDER BY dataset_id LIMIT $2",
        row => (row.GetString(0), row.GetString(1)),
        after,
        limit);

    /// <summary>Adds a dataset; false when there is one of that id.</summary>
    public static bool TryAdd(SqlSession session, string datasetId, string resource) => session.Execute(
        "INSERT OR IGNORE INTO datasets (dataset_id, resource) VALUES ($1, $2)", datasetId, resource) == 1;

    /// <summary>Replaces the resource.</summary>
    public static void Update(SqlSession session, string datasetId, string resource) =>
        session.Execute("UPDATE datasets SET resource = $2 WHERE dataset_id = $1", datasetId, resource);

    /// <summary>Removes the dataset with all that is in it.</summary>
    public static void Remove(SqlSession session, string datasetId)
    {
        foreach (var key in session.All("SELECT table_key FROM tables WHERE dataset_id = $1", row => row.GetInt64(0), datasetId))
        {
            TableCatalog.Remove(session, key);
        }

        session.Execute("DELETE FROM datasets WHERE dataset_id = $1", datasetId);
    }
}
